import { describe, expect, it } from "vitest";
import { hadoop } from "../../../src/services/hdfs/index.ts";
import { readHadoopXml } from "../../../src/services/hdfs/site/site-file.ts";
import { openText } from "../../support/open-text.ts";
import { type PlannedFeature, planFeature, type World } from "../../support/plan-feature.ts";

const dir = "/tmp/sluice-9999/jobmanager/hadoop";

function planHadoop(environment: Readonly<Record<string, string>>, world: World = {}): PlannedFeature {
  return planFeature(hadoop, { ...world, environment });
}

/** The properties of a file, in the form of an object. */
function site({ contribution }: PlannedFeature, name: string): Readonly<Record<string, string>> {
  const content = contribution.files?.find(({ path }) => path === `${dir}/${name}`)?.content;
  const text = content?.kind === "text" ? openText(content.text) : "<configuration/>";
  return Object.fromEntries(
    readHadoopXml(Buffer.from(text), () => undefined).properties.map(({ name: key, value }) => [key, value ?? ""]),
  );
}

const kerberos = { HDFS_KERBEROS_ENABLED: "true", HDFS_DEFAULT_FS: "hdfs://nn:8020" };
const withRealm = { outputs: { kerberos: { realm: "CORP", keytab: "/keytab", principal: "flink@CORP", realms: [] } } };

describe("hadoop", () => {
  it("is the least that a client of a secured HDFS needs", () => {
    const planned = planHadoop(kerberos, withRealm);
    expect(planned.problemLines).toEqual([]);
    expect(planned.contribution.env).toEqual({ HADOOP_CONF_DIR: dir });
    const protection = "authentication,integrity,privacy";
    expect(site(planned, "core-site.xml")).toEqual({
      "hadoop.security.authentication": "kerberos",
      "hadoop.rpc.protection": protection,
      "fs.defaultFS": "hdfs://nn:8020",
    });
    expect(site(planned, "hdfs-site.xml")).toEqual({
      "dfs.data.transfer.protection": protection,
      "dfs.namenode.kerberos.principal": "hdfs/_HOST@CORP",
    });
  });

  it.each([
    ["integrity", "integrity,privacy"],
    ["privacy", "privacy"],
  ])("HDFS_PROTECTION=%s wins over a mounted file", (HDFS_PROTECTION, expected) => {
    const mounted = (name: string) =>
      `<configuration><property><name>${name}</name><value>authentication</value></property></configuration>`;
    const planned = planHadoop(
      { ...kerberos, HDFS_PROTECTION, HADOOP_CONF_DIR: "/etc/hadoop" },
      {
        ...withRealm,
        files: {
          "/etc/hadoop/core-site.xml": mounted("hadoop.rpc.protection"),
          "/etc/hadoop/hdfs-site.xml": mounted("dfs.data.transfer.protection"),
        },
      },
    );
    expect(site(planned, "core-site.xml")["hadoop.rpc.protection"]).toBe(expected);
    expect(site(planned, "hdfs-site.xml")["dfs.data.transfer.protection"]).toBe(expected);
  });

  it.each([
    ["a_b", "a.b"],
    ["a__b", "a_b"],
    ["a___b", "a-b"],
    ["a____b", "a-.b"],
    ["a_B__c___d", "a.B_c-d"],
  ])("CORE_CONF_%s is %s", (suffix, name) => {
    expect(site(planHadoop({ [`CORE_CONF_${suffix}`]: "v" }), "core-site.xml")).toEqual({ [name]: "v" });
  });

  it("keeps what is secret out of the plan and of Flink's environment", () => {
    const planned = planHadoop({ CORE_CONF_fs_s3a_secret_key: "planted", CORE_CONF_a: "b" });
    expect(planned.contribution.unset).toEqual(["CORE_CONF_fs_s3a_secret_key"]);
    expect(JSON.stringify(planned.contribution)).not.toContain("planted");
    expect(site(planned, "core-site.xml")).toEqual({ "fs.s3a.secret.key": "planted", a: "b" });
  });

  it.each([
    [{}, "hadoop/needs-kerberos HDFS_KERBEROS_ENABLED: it needs KERBEROS_ENABLED=true"],
    [{ KERBEROS_ENABLED: "true" }, undefined],
  ])("with %j, asks for Kerberos only where it is not turned on", (more, line) => {
    expect(planHadoop({ ...kerberos, ...more }).problemLines).toEqual(line === undefined ? [] : [line]);
  });

  it("reads what Ambari writes", () => {
    const text = `<configuration  xmlns:xi="http://www.w3.org/2001/XInclude">
      <property><name> a.b </name><value>1</value></property><property><name>c</name><value/></property></configuration>`;
    const { properties, remarks } = readHadoopXml(Buffer.from(text), () => undefined);
    expect(properties).toEqual([{ name: "a.b", value: "1", final: false }]);
    expect(remarks).toEqual([{ level: "info", text: "without a value, and so unset: c" }]);
  });

  it.each([
    ["hdfs://nn:8020", "hdfs://nn:8020"],
    ["hdfs://nn.corp.example/flink", "hdfs://nn.corp.example/flink"],
    ["viewfs://cluster", "viewfs://cluster"],
    ["viewfs:///", "viewfs:///"],
    ["abfss://c@account.dfs.core.windows.net", "abfss://c@account.dfs.core.windows.net"],
    ["s3a://bucket", "s3a://bucket"],
    ["swebhdfs://nn:9871", "swebhdfs://nn:9871"],
    ["ofs://om/volume/bucket", "ofs://om/volume/bucket"],
    ["nn:8020", "hdfs://nn:8020"],
    ["local", "file:///"],
  ])("HDFS_DEFAULT_FS=%s alone is fs.defaultFS=%s", (HDFS_DEFAULT_FS, expected) => {
    const planned = planHadoop({ HDFS_DEFAULT_FS });
    expect(planned.problemLines).toEqual([]);
    expect(site(planned, "core-site.xml")).toEqual({ "fs.defaultFS": expected });
    expect(planned.noticeLines).toHaveLength(HDFS_DEFAULT_FS === expected ? 0 : 1);
  });

  it.each([
    "hdfs://",
    "hdfs://my_cluster",
    "hdfs://nn:65536",
    "nn:8020/",
    "/data",
    "HDFS://nn",
    "s3a://",
    "hdfs://nn:x",
  ])("HDFS_DEFAULT_FS=%s is a problem", (HDFS_DEFAULT_FS) => {
    expect(planHadoop({ HDFS_DEFAULT_FS }).problemLines).toEqual([
      expect.stringMatching(/^hadoop\/bad-address HDFS_DEFAULT_FS: /),
    ]);
  });
});
