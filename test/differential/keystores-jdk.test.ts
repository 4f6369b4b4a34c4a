import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeJks } from "../../scripts/write-jks.ts";
import type { JksEntry } from "../../src/formats/keystore/jks.ts";
import type { StoreEntry } from "../../src/formats/keystore/entries.ts";
import { oldPkcs12Encryption } from "../../src/formats/keystore/pkcs12-old-encryption.ts";
import { readKeystore } from "../../src/formats/keystore/keystore.ts";
import { writePkcs12 } from "../../src/formats/keystore/pkcs12.ts";
import { readPrivateKey } from "../../src/formats/x509/private-key.ts";
import { acceptedCertificates, refusedCertificates } from "../support/certificate-der.ts";
import { jdks, orSkip } from "../support/jdks.ts";
import { type Answer, askJdk, compileChecker, listed, listingOf } from "../support/key-store-checker.ts";
import { storePassword } from "../support/planted.ts";
import { keyEntry, labelledBytes, trustedEntry } from "../support/store-entries.ts";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";

const folder = temporaryFolder();

const at = (name: string): string => join(folder.path, name);
const bytes = labelledBytes;

/** What we write, by the name of its file. */
const written: Readonly<Record<string, readonly JksEntry[]>> = {
  "rsa-key": [keyEntry("rsa")],
  "ec-key": [keyEntry("ec")],
  "p384-key": [keyEntry("p384")],
  chain: [keyEntry("deep", "flink"), trustedEntry("ca")],
  "two-keys": [keyEntry("leaf-rsa", "one"), keyEntry("pod", "two")],
  one: [trustedEntry("ca")],
  several: ["ca", "kafka", "hdfs", "corp", "foreign-ca"].map((name) => trustedEntry(name)),
  "strange-aliases": [
    trustedEntry("ca", "größe 证书 🔑"),
    trustedEntry("kafka", "a,b=c\"d'e"),
    trustedEntry("hdfs", "x".repeat(300)),
  ],
  "without-cn": [trustedEntry("no-cn"), keyEntry("unnamed")],
  none: [],
};

const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join("");
const passwords = { "no characters": "", "all characters that Java takes": printable };

const classes = await orSkip("the JDK's KeyStore", () => compileChecker(folder.path));
const available = classes === undefined ? [] : await jdks();
const hasKeys = (name: string): boolean => written[name]?.some(({ kind }) => kind === "key") ?? false;

beforeAll(() => {
  for (const [name, entries] of Object.entries(written)) {
    writeFileSync(at(`${name}.p12`), writePkcs12(entries, { password: storePassword, bytes, iterations: 1000 }), {
      mode: 0o600,
    });
    writeFileSync(at(`${name}.jks`), writeJks(entries, { password: storePassword, bytes, created: new Date(0) }), {
      mode: 0o600,
    });
    if (!hasKeys(name))
      writeFileSync(at(`${name}.open.p12`), writePkcs12(entries, { password: undefined, bytes, iterations: 1 }));
  }
  for (const [name, password] of Object.entries(passwords)) {
    writeFileSync(at(`password-${name}.p12`), writePkcs12([keyEntry("ec")], { password, bytes, iterations: 1000 }));
  }
  for (const [type, name] of [
    ["PKCS12", "one.p12"],
    ["JKS", "one.jks"],
  ] as const) {
    writeFileSync(at(`trailing.${type}`), Buffer.concat([readFileSync(at(name)), Buffer.from("more\n")]));
  }
  const untrusted = ["ca", "kafka"].map((name): StoreEntry => ({ ...trustedEntry(name), kind: "untrusted" }));
  writeFileSync(at("untrusted.p12"), writePkcs12(untrusted, { password: storePassword, bytes, iterations: 1000 }));
});

afterAll(() => {
  folder[Symbol.dispose]();
});

it("says of a store without Oracle's attribute that Java trusts nothing in it", () => {
  const { entries } = readKeystore(readFileSync(at("untrusted.p12")), storePassword);
  expect(entries.map(({ kind, alias }) => [kind, alias])).toEqual([
    ["untrusted", "ca"],
    ["untrusted", "kafka"],
  ]);
});

describe.for(available)("JDK $version", (jdk) => {
  const names = Object.keys(written);
  const tasks: Record<string, readonly string[]> = {};
  for (const name of names) {
    tasks[`${name}.p12`] = ["list", "PKCS12", at(`${name}.p12`), storePassword];
    tasks[`${name}.jks`] = ["list", "JKS", at(`${name}.jks`), storePassword];
    if (!hasKeys(name)) tasks[`${name}.open.p12`] = ["list", "PKCS12", at(`${name}.open.p12`), "-"];
  }
  tasks["untrusted.p12"] = ["list", "PKCS12", at("untrusted.p12"), storePassword];
  for (const [name, password] of Object.entries(passwords)) {
    tasks[`password ${name}`] = ["list", "PKCS12", at(`password-${name}.p12`), password];
  }
  for (const type of ["PKCS12", "JKS"])
    tasks[`trailing ${type}`] = ["list", type, at(`trailing.${type}`), storePassword];
  tasks["wrong password"] = ["list", "PKCS12", at("one.p12"), "wrong"];
  for (const name of ["rsa", "ec", "p384"]) {
    tasks[`handshake ${name}`] = ["handshake", at(`${name}-key.p12`), at(`${name}-trust.p12`), storePassword];
  }
  tasks["handshake chain"] = ["handshake", at("chain.p12"), at("one.p12"), storePassword];
  tasks["handshake foreign"] = ["handshake", at("ec-key.p12"), at("one.p12"), storePassword];
  const copies = { default: ["PKCS12", "default"], legacy: ["PKCS12", "legacy"], jks: ["JKS", "default"] } as const;
  const copied = (name: string): string => at(`${jdk.version}-${name}.store`);
  for (const [name, [type, profile]] of Object.entries(copies)) {
    tasks[`copy ${name}`] = [
      "copy",
      "PKCS12",
      at("chain.p12"),
      storePassword,
      type,
      copied(name),
      storePassword,
      profile,
    ];
  }
  tasks["copy open"] = ["copy", "PKCS12", at("several.p12"), storePassword, "PKCS12", copied("open"), "-", "open"];
  const parsed = { ...acceptedCertificates, ...refusedCertificates };
  for (const [name, made] of Object.entries(parsed)) tasks[name] = ["parse", made.toString("base64")];
  const cacerts = join(jdk.home, "lib", "security", "cacerts");
  tasks["cacerts"] = ["list", "JKS", cacerts, "changeit"];

  const answers = new Map<string, Answer>();
  beforeAll(async () => {
    for (const name of ["rsa", "ec", "p384"]) {
      const store = writePkcs12([trustedEntry(name)], { password: storePassword, bytes, iterations: 1000 });
      writeFileSync(at(`${name}-trust.p12`), store);
    }
    const all = await askJdk(jdk, folder.path, Object.values(tasks));
    for (const [index, name] of Object.keys(tasks).entries()) {
      const answer = all[index];
      if (answer !== undefined) answers.set(name, answer);
    }
  });

  it.for(
    names.flatMap((name) =>
      Object.keys(tasks)
        .filter((task) => task.startsWith(`${name}.`))
        .map((task) => [task, name] as const),
    ),
  )("lists %s, with keys that sign", ([task, name]) => {
    const { entries, trusts } = listed(answers.get(task));
    expect(entries).toEqual(listingOf(written[name] ?? []));
    // Java counts a key's own certificate as trusted, too.
    expect(trusts).toBe(written[name]?.length);
  });

  it("trusts nothing in a store without Oracle's attribute", () => {
    expect(listed(answers.get("untrusted.p12"))).toEqual({ entries: {}, trusts: 0 });
  });

  it.for(Object.keys(passwords))("takes a password of %s", (name) => {
    expect(listed(answers.get(`password ${name}`)).entries).toEqual(listingOf([keyEntry("ec")]));
  });

  it.for(["PKCS12", "JKS"])("reads a store with bytes behind its end, as we do: %s", (type) => {
    expect(listed(answers.get(`trailing ${type}`)).entries).toEqual(listingOf(written["one"] ?? []));
    expect(listingOf(readKeystore(readFileSync(at(`trailing.${type}`)), storePassword).entries)).toEqual(
      listingOf(written["one"] ?? []),
    );
  });

  it("refuses a wrong password", () => {
    expect(answers.get("wrong password")).toMatchObject({
      kind: "failed",
      reason: expect.stringContaining("ntegrity check failed"),
    });
  });

  it.for(Object.keys(refusedCertificates))("refuses a certificate as we do: %s", (name) => {
    expect(answers.get(name)?.kind).toBe("failed");
  });

  it.for(Object.keys(acceptedCertificates))("reads a certificate as we do: %s", (name) => {
    expect(answers.get(name)?.kind).toBe("done");
  });

  it.for(["rsa", "ec", "p384", "chain"])("shakes hands with %s, both sides authenticated", (name) => {
    expect(answers.get(`handshake ${name}`)).toEqual({ kind: "done", lines: [["shook", "TLSv1.3"]] });
  });

  it("does not shake hands with a foreign certificate", () => {
    expect(answers.get("handshake foreign")).toMatchObject({
      kind: "failed",
      reason: expect.stringContaining("SSLHandshake"),
    });
  });

  it.for([
    ["default", []],
    ["legacy", ["3DES", "40-bit RC2"]],
  ] as const)("names the old encryption of its %s stores", ([name, schemes]) => {
    expect(answers.get(`copy ${name}`)?.kind).toBe("done");
    expect(oldPkcs12Encryption(readFileSync(copied(name)))).toEqual(schemes);
  });

  it.for(Object.keys(copies))("writes what we read: %s", (name) => {
    expect(answers.get(`copy ${name}`)?.kind).toBe("done");
    const { format, entries } = readKeystore(readFileSync(copied(name)), storePassword);
    expect(format).toBe(name === "jks" ? "jks" : "pkcs12");
    expect(listingOf(entries)).toEqual(listingOf(written["chain"] ?? []));
    const pkcs8 = entries.flatMap((entry) => (entry.kind === "key" ? [readPrivateKey(entry.pkcs8, undefined)] : []));
    expect(pkcs8).toEqual([readPrivateKey(keyEntry("deep").pkcs8, undefined)]);
    expect(() => readKeystore(readFileSync(copied(name)), "wrong")).toThrow("password is wrong");
  });

  it("writes a store without a password that we read without one", () => {
    expect(answers.get("copy open")?.kind).toBe("done");
    const { entries } = readKeystore(readFileSync(copied("open")), undefined);
    expect(listingOf(entries)).toEqual(listingOf(written["several"] ?? []));
  });

  it.for(["changeit", undefined])("has a cacerts that we read with the password %s", (password) => {
    const { entries } = readKeystore(readFileSync(cacerts), password);
    expect(entries.length).toBeGreaterThan(50);
    expect(listingOf(entries)).toEqual(listed(answers.get("cacerts")).entries);
  });

  it("has a keytool whose key we read, and that lists ours", async () => {
    const keytool = (...args: readonly string[]) =>
      execa(join(jdk.home, "bin", "keytool"), [...args, "-storepass:env", "STORE_PASSWORD"], {
        env: { STORE_PASSWORD: storePassword, LC_ALL: "C" },
      });
    const store = at(`${jdk.version}-keytool.p12`);
    await keytool(
      "-genkeypair",
      "-alias",
      "made",
      "-keyalg",
      "EC",
      "-dname",
      "CN=made",
      "-storetype",
      "PKCS12",
      "-keystore",
      store,
    );
    const { entries } = readKeystore(readFileSync(store), storePassword);
    expect(entries).toMatchObject([{ kind: "key", alias: "made", chain: [expect.anything()] }]);
    const { stdout } = await keytool("-list", "-keystore", at("chain.p12"));
    expect(stdout).toContain("Your keystore contains 2 entries");
    expect(stdout).toMatch(/^flink, .*PrivateKeyEntry/m);
    expect(stdout).toMatch(/^ca, .*trustedCertEntry/m);
  });
});
