import { createPrivateKey, X509Certificate } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readKeystore } from "../../../src/formats/keystore/keystore.ts";
import { runSluice } from "../../support/run-sluice.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("sluice certs", () => {
  it("makes one certificate as PEM and as stores, and says which files it wrote", async () => {
    using folder = temporaryFolder();
    const args = ["--key", "ec", "--san", "localhost,127.0.0.1", "--days", "30"];
    const { exitCode, stderr } = await runSluice(["certs", "--out", folder.at("new"), ...args]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: ["tls.crt", "ca.crt", "tls.key", "keystore.p12", "truststore.p12", "password"]
        .map((name) => `sluice: wrote ${folder.at("new", name)}\n`)
        .join(""),
    });
    const read = (name: string) => readFileSync(folder.at("new", name));
    const certificate = new X509Certificate(read("tls.crt"));
    expect(certificate.subject).toBe("CN=flink.internal");
    expect(certificate.subjectAltName).toBe("DNS:localhost, IP Address:127.0.0.1");
    expect(certificate.checkPrivateKey(createPrivateKey(read("tls.key")))).toBe(true);
    expect(read("ca.crt")).toEqual(read("tls.crt"));
    const password = read("password").toString();
    expect(readKeystore(read("keystore.p12"), password).entries).toMatchObject([{ kind: "key", alias: "flink" }]);
    const trusted = { kind: "trusted", alias: "flink" };
    expect(readKeystore(read("truststore.p12"), password).entries).toMatchObject([trusted]);
  });

  it("lets nobody else read the key, the stores and the password", async () => {
    using folder = temporaryFolder();
    await runSluice(["certs", "--out", folder.path, "--key", "ec"]);
    const open = readdirSync(folder.path).filter((name) => (statSync(folder.at(name)).mode & 0o077) !== 0);
    expect(open).toEqual(["ca.crt", "tls.crt"]);
  });

  it("does not overwrite", async () => {
    using folder = temporaryFolder();
    writeFileSync(folder.at("tls.key"), "mine");
    const { exitCode, stderr } = await runSluice(["certs", "--out", folder.path, "--key", "ec"]);
    expect(exitCode).toBe(73);
    expect(stderr).toContain(`error: ${folder.at("tls.key")}: it is there already`);
    expect(readdirSync(folder.path)).toEqual(["tls.key"]);
    expect(readFileSync(folder.at("tls.key"), "utf8")).toBe("mine");
  });
});
