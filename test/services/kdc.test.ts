import { existsSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Kdc } from "../../lab/kdc.ts";
import { unpackedKrb5Programs } from "../../lab/krb5-programs.ts";
import { isListening } from "../../lab/listening.ts";
import { runSluice } from "../support/run-sluice.ts";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";

describe("a real KDC", () => {
  let folder: TemporaryFolder;
  let kdc: Kdc;
  let keytab: string;
  let env: Record<string, string>;
  const cache = () => join(folder.path, "tickets");

  beforeAll(async () => {
    folder = temporaryFolder();
    kdc = await Kdc.start({ folder: folder.at("kdc"), ticketLifetime: "60s" });
    keytab = await kdc.addWithKeytab(folder.at("flink.keytab"), "flink");
    await kdc.addPrincipal("kafka/broker.lab.example");
    env = {
      SLUICE_RUN_DIR: folder.at("run"),
      KERBEROS_ENABLED: "true",
      KERBEROS_REALM: kdc.realm,
      KERBEROS_KDC: `127.0.0.1:${kdc.port}`,
      KERBEROS_KEYTAB: keytab,
    };
  });
  afterAll(async () => {
    await kdc?.stop();
    folder?.[Symbol.dispose]();
  });

  it("gives kinit a ticket by the krb5.conf that sluice renders, and by the keytab", async () => {
    const kinit = ["kinit", "-V", "-k", "-t", keytab, "-c", cache(), "flink"];
    const { exitCode, stderr } = await runSluice(["run", ...kinit], { env });
    expect(stderr).toContain(`flink@${kdc.realm}, kvno 1`);
    expect(exitCode, stderr).toBe(0);
    expect(kdc.logins("flink")).toHaveLength(1);
    const { stdout } = await runSluice(["run", "klist", cache()], { env });
    expect(stdout).toContain(`Default principal: flink@${kdc.realm}`);
    expect(stdout).toContain(`krbtgt/${kdc.realm}@${kdc.realm}`);
  });

  it("gives that client a ticket for a service, with the service's own version of the key", async () => {
    const { stdout, stderr } = await runSluice(
      ["run", "kvno", "-c", cache(), `kafka/broker.lab.example@${kdc.realm}`],
      { env },
    );
    expect(stdout, stderr).toContain("kvno = 1");
  });

  it("has what klist reads in the keytab, as sluice does", async () => {
    const { stdout } = await execa(kdc.programs.klist, ["-k", "-e", keytab]);
    expect(stdout).toContain(`1 flink@${kdc.realm} (aes256-cts-hmac-sha1-96)`);
    const { stderr } = await runSluice(["run", "true"], { env });
    expect(stderr).toContain("aes256-cts-hmac-sha1-96, aes128-cts-hmac-sha1-96");
  });

  it("refuses a stale keytab", async () => {
    const stale = await kdc.addWithKeytab(folder.at("stale.keytab"), "stale");
    await kdc.changeKey("stale");
    const { exitCode, stderr } = await runSluice(["run", "kinit", "-k", "-t", stale, "-c", cache(), "stale"], { env });
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("Preauthentication failed");
  });

  it("runs from Debian's packages where nothing can be installed", async (context) => {
    if (!existsSync("/usr/bin/apt-get")) context.skip("there is no apt-get on this system");
    const programs = await unpackedKrb5Programs();
    const other = await Kdc.start({ folder: folder.at("unpacked"), programs });
    try {
      const its = await other.addWithKeytab(folder.at("its.keytab"), "flink");
      const kinit = [programs.kinit, "-k", "-t", its, "-c", cache(), "flink"];
      const { exitCode, stderr } = await runSluice(["run", ...kinit], {
        env: { ...env, KERBEROS_KDC: `127.0.0.1:${other.port}`, KERBEROS_KEYTAB: its },
      });
      expect(exitCode, stderr).toBe(0);
    } finally {
      await other.stop();
    }
  });

  it("says what it is told to do and cannot", async () => {
    await expect(kdc.keytab(folder.at("none"), "nobody")).rejects.toThrow("Principal nobody does not exist");
    await expect(kdc.addPrincipal("flink")).rejects.toThrow("already exists");
  });

  it("refuses connections while it pauses, and has its keys afterwards", async () => {
    await kdc.pause();
    expect(await isListening(kdc.port)).toBe(false);
    await kdc.resume();
    const { exitCode } = await runSluice(["run", "kinit", "-k", "-t", keytab, "-c", cache(), "flink"], { env });
    expect(exitCode).toBe(0);
  });
});
