import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sealedState } from "../../../src/features/sealed-state/index.ts";
import { type PlannedFeature, planFeature, type World } from "../../support/plan-feature.ts";

const services =
  "java/sealed-filesystem/src/main/resources/META-INF/services/org.apache.flink.core.fs.FileSystemFactory";
const jar = "/opt/flink/opt/sealed-filesystem-0.1.0.jar";
const key = "planted/planted/planted/planted/planted/key=";
const flink = { "/opt/flink/lib/flink-dist-2.3.0.jar": "", [jar]: "" };
const keys = { "/keys/2026-01": key, "/keys/primary": "2026-01\n" };

/** Of a world with one key, the plugin and sealed checkpoints, unless it says otherwise. */
function planSealed({ environment, files, conf, ...world }: World = {}): PlannedFeature {
  return planFeature(sealedState, {
    environment: { SEALED_STATE_ENABLED: "true", ...environment },
    files: files ?? { ...flink, ...keys },
    conf: conf ?? { "execution.checkpointing.dir": "sealed+s3://bucket/checkpoints" },
    ...world,
  });
}

describe("sealed-state", () => {
  it("plans nothing unless it is turned on", () => {
    expect(planFeature(sealedState, { environment: { SEALED_STATE_KEY_DIR: "/elsewhere" } }).contribution).toEqual({});
  });

  it("links the plugin from opt beside those that are installed, and says where the keys are", () => {
    const planned = planSealed({ files: { ...flink, ...keys, "/opt/flink/plugins/metrics-jmx/jmx.jar": "" } });
    expect(planned.problemLines).toEqual([]);
    const folder = "/tmp/sluice-9999/jobmanager/plugins";
    expect(planned.contribution.links).toEqual([
      { path: `${folder}/metrics-jmx`, target: "/opt/flink/plugins/metrics-jmx" },
      { path: `${folder}/sealed-filesystem/sealed-filesystem-0.1.0.jar`, target: jar },
    ]);
    expect(planned.contribution.env).toEqual({ FLINK_PLUGINS_DIR: folder, SEALED_STATE_KEY_DIR: "/keys" });
    expect(planned.conf).toEqual({ "sealed.key-dir": "/keys" });
    expect(JSON.stringify(planned.contribution)).not.toContain("planted");
  });

  it("adds only its own link where built-in plugins are linked already", () => {
    const { contribution } = planSealed({ outputs: { plugins: { dir: "/tmp/sluice-9999/jobmanager/plugins" } } });
    expect(contribution.links).toHaveLength(1);
    expect(contribution.env).toEqual({ SEALED_STATE_KEY_DIR: "/keys" });
  });

  it("leaves a plugin that is installed where it is", () => {
    const { contribution, problemLines } = planSealed({
      files: {
        ...keys,
        "/opt/flink/lib/flink-dist-1.20.5.jar": "",
        "/opt/flink/plugins/sealed-filesystem/sealed.jar": "",
      },
    });
    expect(problemLines).toEqual([]);
    expect(contribution.links).toEqual([]);
    expect(contribution.env).toEqual({ SEALED_STATE_KEY_DIR: "/keys" });
  });

  it("takes keys as bytes and as base64, and finds what is none", () => {
    const other = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
    const files = {
      ...flink,
      "/keys/a": Buffer.from(key, "base64"),
      "/keys/b": `${other.toString("base64")}\n`,
      "/keys/c": other.toString("base64").replace("=", ""),
      "/keys/d": Buffer.concat([other, Buffer.from("\n")]),
      "/keys/e": other.toString("hex"),
      "/keys/f": Buffer.from(other.toString("base64")).toString("base64"),
      "/keys/g": Buffer.alloc(32, 1),
      "/keys/h": "",
      "/keys/i": "planted!",
      "/keys/j": other.toString("base64").slice(0, 40),
      "/keys/primary": "a",
    };
    const { problems } = planSealed({ files });
    expect(problems.map(({ where, text, hint }) => [where[1]?.slice(-1), text, hint])).toEqual([
      ["c", "it is the same key as b", "make a new key for c"],
      ["d", "it has 33 bytes, and is not base64", expect.stringContaining("a newline was added")],
      ["e", "it is base64 of 48 bytes, and a key has 32", expect.stringContaining("hexadecimal")],
      ["f", "it is base64 of 44 bytes, and a key has 32", expect.stringContaining("base64 twice")],
      ["g", "all of its bytes are the same", "make it with openssl rand -base64 32"],
      ["h", "the file is empty", "make it with openssl rand -base64 32"],
      ["i", "it has 8 bytes, and is not base64", "make it with openssl rand -base64 32"],
      ["j", "it is base64 of 30 bytes, and a key has 32", "make it with openssl rand -base64 32"],
    ]);
    expect(JSON.stringify(problems)).not.toContain("planted");
  });

  it.each([
    ["as they are", "planted-32-printable-characters!"],
    ["in base64", `${Buffer.from("planted-32-printable-characters!").toString("base64")}\n`],
    ["that are base64 of 24 bytes", "planted/planted/planted/planted/"],
    ["that are hexadecimal digits of 16 bytes", "00112233445566778899aabbccddeeff"],
  ])("refuses printable characters %s as the primary key, and reads with them", (_what, text) => {
    const line = "SEALED_STATE_KEY_DIR: /keys/old: it consists of printable characters, and is not a random key";
    const files = { ...flink, ...keys, "/keys/old": text };
    const asPrimary = planSealed({ files: { ...files, "/keys/primary": "old\n" } });
    expect(asPrimary.problemLines).toEqual([`sealed-state/printable-key ${line}`]);
    expect(asPrimary.problems[0]?.hint).toContain(
      "add a key from openssl rand -base64 32, write its id into primary, and keep old",
    );
    const toRead = planSealed({ files });
    expect(toRead.problemLines).toEqual([]);
    expect(toRead.noticeLines).toContain(`warning ${line}`);
    expect(JSON.stringify([asPrimary, toRead])).not.toContain("planted");
  });

  it("takes random keys that hold one byte that cannot be printed", () => {
    for (const byte of [0x00, 0x0a, 0x1f, 0x7f, 0xff]) {
      const almost = Buffer.from("planted-32-printable-characters!").fill(byte, 7, 8);
      expect(planSealed({ files: { ...flink, "/keys/a": almost, "/keys/primary": "a" } }).problemLines).toEqual([]);
    }
  });

  it("does not say what stands in primary if that may be a key", () => {
    const files = { ...flink, ...keys, "/keys/primary": "planted+key/planted+key/planted+key/planted0=" };
    expect(planSealed({ files }).problemLines).toEqual([
      "sealed-state/primary-missing SEALED_STATE_KEY_DIR: /keys/primary: what it holds is not the id of a key",
    ]);
  });

  it.each([
    ["state.checkpoints.dir", "s3://bucket/a", "sealed+s3://bucket/a"],
    ["state.savepoints.dir", "file:///state", "sealed+file:///state"],
    ["high-availability.storageDir", "/ha", "sealed+file:///ha"],
    ["dstl.dfs.base-path", "hdfs://nn:8020/x", "sealed+hdfs://nn:8020/x"],
    ["job-result-store.storage-path", "gs://b/x", "sealed+gs://b/x"],
    ["application-result-store.storage-path", "s3://b/x", "sealed+s3://b/x"],
    ["recovery.zookeeper.storageDir", "hdfs://nn:8020/ha", "sealed+hdfs://nn:8020/ha"],
    ["jobmanager.archive.fs.dir", "abfss://c@a.dfs.core.windows.net/x", "sealed+abfss://c@a.dfs.core.windows.net/x"],
    ["historyserver.archive.fs.dir", "sealed+s3://a, s3://b", "sealed+s3://a,sealed+s3://b"],
    ["state.backend.forst.primary-dir", "oss://b/x", "sealed+oss://b/x"],
  ])("%s must not be %s", (name, value, corrected) => {
    const { problems } = planSealed({ conf: { [name]: value } });
    expect(problems.map(({ code, hint }) => [code, hint])).toEqual([
      ["sealed-state/not-sealed", `write it as ${name}: ${corrected}`],
    ]);
    expect(planSealed({ conf: { [name]: corrected } }).problems).toEqual([]);
  });

  it("knows the schemes that the plugin has", () => {
    const factories = join(import.meta.dirname, "../../..", services);
    const schemes = [...readFileSync(factories, "utf8").matchAll(/\$(\w+)/g)].map(([, name = ""]) =>
      name.toLowerCase(),
    );
    expect(schemes).toContain("s3");
    const { problems } = planSealed({ conf: { "state.checkpoints.dir": "sealed+ftp://host/a" } });
    expect(problems.map(({ hint }) => hint)).toEqual([`sealed+ goes before ${schemes.join(", ")}`]);
  });

  it("puts a path without a scheme where Flink would", () => {
    const { problems } = planSealed({ conf: { "state.checkpoints.dir": "/a", "fs.default-scheme": "hdfs://nn/" } });
    expect(problems[0]?.hint).toBe("write it as state.checkpoints.dir: sealed+hdfs://nn/a");
  });

  it("takes ForSt's words for paths", () => {
    const conf = {
      "execution.checkpointing.dir": "sealed+s3://a",
      "state.backend.forst.primary-dir": "checkpoint-dir",
    };
    expect(planSealed({ conf }).problems).toEqual([]);
    const elsewhere = planSealed({ conf: { "execution.checkpointing.dir": "local" } });
    expect(elsewhere.problems.map(({ code }) => code)).toEqual(["sealed-state/not-sealed"]);
  });

  it("warns when nothing is sealed", () => {
    expect(planSealed({ conf: {} }).noticeLines).toContain(
      "warning SEALED_STATE_ENABLED: no checkpoints, savepoints or storage of high availability are configured: nothing is encrypted",
    );
  });

  it("warns of records that batch jobs exchange over storage", () => {
    const remote = "taskmanager.network.hybrid-shuffle.remote.path";
    const { problems, noticeLines } = planSealed({
      conf: { "execution.checkpointing.dir": "sealed+s3://a", [remote]: "s3://b" },
    });
    expect(problems).toEqual([]);
    expect(noticeLines).toContain(
      `warning config.yaml: ${remote}: tasks of batch jobs write the records that they exchange there unencrypted`,
    );
  });

  it.each([
    [["history-server"], {}, "warning historyserver.web.tmpdir: /tmp, its default, is on a disk (ext4)"],
    [
      ["historyserver.sh", "start-foreground"],
      {},
      "warning historyserver.web.tmpdir: /tmp, its default, is on a disk (ext4)",
    ],
    [["history-server"], { "historyserver.web.tmpdir": "/memory/x" }, undefined],
    [
      ["history-server"],
      { "historyserver.web.tmpdir": "/data" },
      "warning config.yaml: historyserver.web.tmpdir: /data is on a disk (ext4)",
    ],
    [["sql-gateway"], {}, undefined],
  ] as const)("warns of where %j unpacks archives with %j", (command, conf, start) => {
    const files = { ...flink, ...keys, "/proc/mounts": "/dev/sda1 / ext4 rw 0 0\ntmpfs /memory tmpfs rw 0 0\n" };
    const sealed = { "historyserver.archive.fs.dir": "sealed+s3://a" };
    const lines = planSealed({ command, files, conf: { ...sealed, ...conf } }).noticeLines;
    const end = ", and the history server unpacks archives there unencrypted";
    expect(lines.filter((line) => line.includes("disk"))).toEqual(start === undefined ? [] : [`${start}${end}`]);
  });

  it("warns of a TaskManager's local dirs that are on a disk", () => {
    const mounts = "/dev/sda1 / ext4 rw 0 0\ntmpfs /tmp tmpfs rw 0 0\n";
    const files = { ...flink, ...keys, "/proc/mounts": mounts };
    const conf = { "execution.checkpointing.dir": "sealed+s3://a", "state.backend.rocksdb.localdir": "/tmp/a,/data/b" };
    const warned = (world: World) =>
      planSealed({ files, conf, ...world }).noticeLines.filter((line) => line.includes("disk"));
    expect(warned({ command: ["taskmanager"] })).toEqual([
      "warning config.yaml: state.backend.rocksdb.localdir: /data/b is on a disk (ext4), and Flink writes state there unencrypted",
    ]);
    expect(warned({ command: ["jobmanager"] })).toEqual([]);
    expect(warned({ command: ["bash", "-c", "kubernetes-taskmanager.sh"] })).toHaveLength(1);
    expect(
      warned({ command: ["taskmanager"], files: { ...files, "/proc/mounts": "/dev/sda1 / xfs rw 0 0\n" } }),
    ).toHaveLength(3);
  });
});
