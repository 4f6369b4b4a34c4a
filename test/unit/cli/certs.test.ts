import { createPrivateKey, X509Certificate } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readKeystore } from "../../../src/formats/keystore/keystore.ts";
import { runSluice } from "../../support/run-sluice.ts";
import { temporaryFolder } from "../../../testkit/temporary-folder.ts";

const until = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe("sluice certs", () => {
  it("makes one certificate as PEM and as stores, and says which files it wrote", async () => {
    using folder = temporaryFolder();
    const args = ["--key", "ec", "--san", "localhost,127.0.0.1", "--days", "30"];
    const { exitCode, stderr } = await runSluice(["certs", "--out", folder.at("new"), ...args]);
    const files = ["tls.crt", "ca.crt", "tls.key", "keystore.p12", "truststore.p12", "password"];
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: [
        `sluice: made CN=flink.internal for localhost and 1 more, self-signed, until ${until(30)}\n`,
        ...files.map((name) => `sluice: wrote ${folder.at("new", name)}\n`),
      ].join(""),
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
    await runSluice(["certs", "--out", folder.path, "--key", "ec", "--store", "jks"]);
    const open = readdirSync(folder.path).filter((name) => (statSync(folder.at(name)).mode & 0o077) !== 0);
    expect(open).toEqual(["ca.crt", "tls.crt"]);
  });

  it.each([
    ["tls.key", []],
    ["ca.key", ["--ca"]],
    ["truststore.jks", ["--store", "jks"]],
  ])("does not overwrite %s", async (file, args) => {
    using folder = temporaryFolder();
    writeFileSync(folder.at(file), "mine");
    const { exitCode, stderr } = await runSluice(["certs", "--out", folder.path, "--key", "ec", ...args]);
    expect(exitCode).toBe(73);
    expect(stderr).toContain(`error: ${folder.at(file)}: it is there already`);
    expect(readdirSync(folder.path)).toEqual([file]);
    expect(readFileSync(folder.at(file), "utf8")).toBe("mine");
  });

  it("makes a CA, and signs with it, no longer than it is valid", async () => {
    using folder = temporaryFolder();
    const make = ["certs", "--key", "ec", "--out"];
    const ca = await runSluice([...make, folder.at("ca"), "--ca", "--name", "Test CA", "--days", "90"]);
    expect(ca.stderr).toContain(`made CN=Test CA, self-signed, until ${until(90)}`);
    expect(readdirSync(folder.at("ca"))).toEqual(["ca.crt", "ca.key"]);
    const sign = ["--sign-with", folder.at("ca")];
    const late = await runSluice([...make, folder.at("late"), ...sign, "--days", "91"]);
    expect(late).toMatchObject({ exitCode: 64, stdout: "" });
    expect(late.stderr).toContain(`--days 91 is longer than the CA is valid, which is until ${until(90)}`);
    const names = ["--namespace", "flink", "--service", "jobmanager", "--statefulset", "tm", "--headless", "tms"];
    const leaf = await runSluice([...make, folder.at("leaf"), ...sign, ...names]);
    expect(leaf.stderr).toContain(
      `made CN=flink.internal for jobmanager and 7 more, signed by CN=Test CA, until ${until(90)}`,
    );
    const certificate = new X509Certificate(readFileSync(folder.at("leaf", "tls.crt")));
    const authority = new X509Certificate(readFileSync(folder.at("leaf", "ca.crt")));
    expect([certificate.ca, authority.ca]).toEqual([false, true]);
    expect(certificate.verify(authority.publicKey)).toBe(true);
    expect(authority.raw).toEqual(new X509Certificate(readFileSync(folder.at("ca", "ca.crt"))).raw);
    expect(certificate.checkHost("tm-7.tms.flink.svc.cluster.local")).toBe("*.tms.flink.svc.cluster.local");
  });

  it("trusts another CA too, for the time in which both are in use", async () => {
    using folder = temporaryFolder();
    const make = ["certs", "--key", "ec", "--out"];
    for (const name of ["ca", "new"]) await runSluice([...make, folder.at(name), "--ca", "--name", `CA ${name}`]);
    const trust = ["--trust", folder.at("new"), "--trust", folder.at("ca")];
    const both = await runSluice([...make, folder.at("leaf"), "--sign-with", folder.at("ca"), ...trust]);
    expect(both.exitCode, both.stderr).toBe(0);
    const read = (...names: readonly string[]) => readFileSync(folder.at(...names));
    expect(read("leaf", "ca.crt")).toEqual(Buffer.concat([read("ca", "ca.crt"), read("new", "ca.crt")]));
    expect(readKeystore(read("leaf", "truststore.p12"), read("leaf", "password").toString()).entries).toMatchObject([
      { kind: "trusted", alias: "ca" },
      { kind: "trusted", alias: "ca-2" },
    ]);
    const wrong = await runSluice([...make, folder.at("wrong"), "--trust", folder.at("ca", "none")]);
    expect(wrong).toMatchObject({ exitCode: 78, stdout: "" });
    expect(wrong.stderr).toContain(`${folder.at("ca", "none", "ca.crt")}: no such file`);
    writeFileSync(folder.at("ca", "ca.crt"), read("leaf", "tls.crt"));
    const leaf = await runSluice([...make, folder.at("wrong"), "--trust", folder.at("ca")]);
    expect(leaf.stderr).toContain("CN=flink.internal is not a CA");
  });

  it("refuses to make a certificate that no handshake would carry", async () => {
    const names = ["--namespace", "flink", "--statefulset", "tm", "--headless", "tms", "--replicas", "300"];
    const { exitCode, stdout, stderr } = await runSluice(["certs", "--secret", "s", "--key", "ec", ...names]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 64, stdout: "" });
    expect(stderr).toContain("these are too many names for a certificate");
  });

  it("prints a Secret for Kubernetes, and writes nothing", async () => {
    using folder = temporaryFolder();
    const args = ["--key", "ec", "--store", "jks", "--namespace", "flink", "--label", "app=flink"];
    const { exitCode, stdout, stderr } = await runSluice(["certs", "--secret", "flink-tls", ...args], {
      cwd: folder.path,
      env: { TMPDIR: folder.path },
    });
    expect(exitCode, stderr).toBe(0);
    const { data, ...rest } = parse(stdout) as { readonly data: Readonly<Record<string, string>> };
    expect(rest).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "flink-tls", namespace: "flink", labels: { app: "flink" } },
      type: "kubernetes.io/tls",
    });
    const read = (name: string) => Buffer.from(data[name] ?? "", "base64");
    expect(Object.keys(data)).toEqual(["tls.crt", "ca.crt", "tls.key", "keystore.jks", "truststore.jks", "password"]);
    expect(new X509Certificate(read("tls.crt")).checkPrivateKey(createPrivateKey(read("tls.key")))).toBe(true);
    expect(readKeystore(read("keystore.jks"), read("password").toString()).format).toBe("pkcs12");
    expect(stderr).not.toContain(read("password").toString());
    expect(readdirSync(folder.path)).toEqual([]);
  });
});
