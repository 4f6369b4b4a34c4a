import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Secret } from "../../../src/secret.ts";
import { readSystem, type ReadSystemOptions } from "../../../src/shell/read-system.ts";
import { material } from "../../support/certificates.ts";
import { keyPassword, storePassword } from "../../support/planted.ts";
import { temporaryFolder } from "../../../testkit/temporary-folder.ts";

function system(options: Partial<ReadSystemOptions> = {}) {
  return readSystem({ environment: {}, ...options });
}

const secret = (value: string) => new Secret("a test", () => value);

describe("readSystem", () => {
  it("remembers what it has read, so that planning and applying see the same", () => {
    using folder = temporaryFolder();
    writeFileSync(folder.at("file"), "before");
    const world = system();
    const look = () => [world.readFile(folder.at("file")), world.listDirectory(folder.path)];
    const before = look();
    rmSync(folder.at("file"));
    expect(look()).toEqual(before);
  });

  it("looks everything up below a root", () => {
    using folder = temporaryFolder();
    mkdirSync(folder.at("certs"));
    writeFileSync(folder.at("certs", "password"), "x\n");
    const below = system({ root: folder.path, environment: { PATH: "/usr/bin" } });
    expect(below.listDirectory("/certs")).toEqual({ kind: "listing", names: ["password"] });
    expect(below.readSecretFile("/certs/password")).toMatchObject({
      kind: "secret",
      trailingNewline: true,
      empty: false,
    });
    expect(below.javaOnPath).toBeUndefined();
  });

  it("finds the home of the java on PATH through links", () => {
    using folder = temporaryFolder();
    mkdirSync(folder.at("jdk", "bin"), { recursive: true });
    mkdirSync(folder.at("bin"));
    writeFileSync(folder.at("jdk", "bin", "java"), "", { mode: 0o755 });
    symlinkSync("../jdk/bin/java", folder.at("bin", "java"));
    expect(system({ environment: { PATH: `/nowhere::${folder.at("bin")}` } }).javaOnPath).toBe(folder.at("jdk"));
    expect(system({ environment: { PATH: "/nowhere" } }).javaOnPath).toBeUndefined();
  });

  it("knows a private key's type, and keeps the key behind a secret", () => {
    using folder = temporaryFolder();
    writeFileSync(folder.at("tls.key"), material("ec.encrypted.key"));
    const read = system().readPrivateKey(folder.at("tls.key"), secret(keyPassword));
    expect(read).toMatchObject({ kind: "key", key: { type: "ec", bits: 256 } });
    expect(read.kind === "key" && String(read.key.pkcs8)).toBe(`<secret from ${folder.at("tls.key")}>`);
    expect(system().readPrivateKey(folder.at("tls.key"), undefined)).toMatchObject({ kind: "bad" });
    expect(system().readPrivateKey(folder.at("none"), undefined)).toEqual({ kind: "missing" });
  });

  it("knows a keystore's entries", () => {
    using folder = temporaryFolder();
    writeFileSync(folder.at("store"), material("leaf.keystore.p12"));
    const read = system().readKeystore(folder.at("store"), secret(storePassword));
    const chain = [{ subject: "CN=flink-jobmanager" }, { subject: "CN=Example CA" }];
    expect(read).toMatchObject({
      kind: "keystore",
      format: "pkcs12",
      entries: [{ kind: "key", alias: "leaf", chain }],
    });
    expect(system().readKeystore(folder.at("store"), secret("wrong"))).toMatchObject({ kind: "bad" });
    expect(JSON.stringify(read)).not.toContain("PRIVATE");
  });

  it("has a clock, a host name and a user", () => {
    const { now, hostname, uid } = system();
    expect(now).toBeInstanceOf(Date);
    expect(hostname).not.toBe("");
    expect(uid).toBe(process.getuid?.() ?? 0);
  });
});
