import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa, ExecaError } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCertificates } from "../../src/formats/x509/certificate.ts";
import { readKeystore } from "../../src/formats/keystore/keystore.ts";
import { readPrivateKey } from "../../src/formats/x509/private-key.ts";
import { material } from "../support/certificates.ts";
import { NotAvailable } from "../support/flink-home.ts";
import { identity } from "../support/identities.ts";
import { orSkip } from "../support/jdks.ts";
import { keyPassword, storePassword } from "../support/planted.ts";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";

const folder = temporaryFolder();
const wrong = "the password is wrong";

/** Runs openssl in a folder that holds the test material by its names. */
async function openssl(...args: readonly string[]): Promise<Buffer> {
  const env = { KEY_PASSWORD: keyPassword, STORE_PASSWORD: storePassword };
  const { stdout } = await execa("openssl", args, { cwd: folder.path, env, stdin: "ignore", encoding: "buffer" });
  return Buffer.from(stdout);
}

function read(name: string): Buffer {
  return readFileSync(join(folder.path, name));
}

const version = await orSkip("openssl", async () => {
  try {
    const text = (await openssl("version")).toString();
    if (!text.startsWith("OpenSSL 3.")) throw new NotAvailable(text, "put OpenSSL 3 on PATH");
    return text;
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    throw new NotAvailable(error.shortMessage, "install OpenSSL 3", { cause: error });
  }
});

const names = ["rsa", "ec", "p384"] as const;

beforeAll(() => {
  const each = names.flatMap((name) => [`${name}.crt`, `${name}.key`, `${name}.keystore.p12`]);
  const others = [
    "deep.key",
    "deep.chain.crt",
    "ca.crt",
    "intermediate.crt",
    "kafka.truststore.p12",
    "ca+kafka+hdfs.crt",
  ];
  for (const name of [...each, ...others]) writeFileSync(join(folder.path, name), material(name), { mode: 0o600 });
});

afterAll(() => {
  folder[Symbol.dispose]();
});

describe.skipIf(version === undefined)("openssl reads", () => {
  it.for(names)("our certificate %s, for both sides of TLS", async (name) => {
    for (const purpose of ["sslserver", "sslclient"]) {
      const verdict = await openssl(
        "verify",
        "-x509_strict",
        "-purpose",
        purpose,
        "-CAfile",
        `${name}.crt`,
        `${name}.crt`,
      );
      expect(verdict.toString()).toBe(`${name}.crt: OK`);
    }
  });

  it("our chain of a root, an intermediate CA and a leaf", async () => {
    const authorities = ["-CAfile", "ca.crt", "-untrusted", "intermediate.crt"];
    const verdict = await openssl("verify", "-x509_strict", "-purpose", "sslserver", ...authorities, "deep.chain.crt");
    expect(verdict.toString()).toBe("deep.chain.crt: OK");
  });

  it.for(names)("our keystore %s", async (name) => {
    const open = ["pkcs12", "-in", `${name}.keystore.p12`, "-passin", "env:STORE_PASSWORD", "-noenc"];
    const key = readPrivateKey(await openssl(...open, "-nocerts"), undefined);
    expect(key).toEqual(readPrivateKey(read(`${name}.key`), undefined));
    expect(readCertificates(await openssl(...open, "-nokeys"))).toEqual([identity(name).certificate]);
  });

  it("our truststore", async () => {
    const text = await openssl("pkcs12", "-in", "kafka.truststore.p12", "-passin", "env:STORE_PASSWORD", "-nokeys");
    expect(readCertificates(text)).toEqual([identity("kafka").certificate]);
  });
});

describe.skipIf(version === undefined)("openssl writes, and we read", () => {
  const ways = [
    [],
    ["-legacy"],
    ["-legacy", "-certpbe", "PBE-SHA1-RC2-128", "-keypbe", "PBE-SHA1-2DES"],
    ["-certpbe", "NONE"],
    ["-nomac"],
    ["-macalg", "sha512"],
    ["-certpbe", "AES-128-CBC", "-keypbe", "PBE-SHA1-3DES"],
  ];
  const keystores = [...names, "deep"].flatMap((name) => ways.map((options) => ({ name, options })));

  it.for(keystores)("the keystore $name, made with $options", async ({ name, options }) => {
    const certificates = name === "deep" ? "deep.chain.crt" : `${name}.crt`;
    const made = ["-out", "made.p12", "-passout", "env:STORE_PASSWORD", "-name", "Made"];
    await openssl("pkcs12", "-export", "-inkey", `${name}.key`, "-in", certificates, ...made, ...options);
    const { pkcs8 } = readPrivateKey(read(`${name}.key`), undefined);
    const chain = readCertificates(read(certificates)).map(({ der }) => der);
    const entries = [{ kind: "key", alias: "made", pkcs8, chain }];
    expect(readKeystore(read("made.p12"), storePassword)).toEqual({ format: "pkcs12", entries });
    expect(() => readKeystore(read("made.p12"), "wrong")).toThrow(wrong);
    expect(() => readKeystore(read("made.p12"), undefined)).toThrow("there is no password");
  });

  it("certificates without a key, which Java does not trust", async () => {
    await openssl(
      "pkcs12",
      "-export",
      "-nokeys",
      "-in",
      "ca+kafka+hdfs.crt",
      "-out",
      "made.p12",
      "-passout",
      "env:STORE_PASSWORD",
    );
    const { entries } = readKeystore(read("made.p12"), storePassword);
    const made = readCertificates(read("ca+kafka+hdfs.crt"));
    expect(entries).toEqual(made.map(({ der }) => ({ kind: "untrusted", alias: "", certificate: der })));
  });

  it("a store with an empty password", async () => {
    await openssl("pkcs12", "-export", "-inkey", "ec.key", "-in", "ec.crt", "-out", "made.p12", "-passout", "pass:");
    expect(readKeystore(read("made.p12"), "").entries).toMatchObject([{ kind: "key" }]);
  });

  const encrypted = ["-passout", "env:KEY_PASSWORD"];
  it.for([
    ["pkcs8", "-topk8", "-nocrypt", "-in", "rsa.key"],
    ["pkcs8", "-topk8", "-nocrypt", "-outform", "DER", "-in", "rsa.key"],
    ["rsa", "-traditional", "-in", "rsa.key"],
    ["rsa", "-outform", "DER", "-traditional", "-in", "rsa.key"],
    ["pkcs8", "-topk8", ...encrypted, "-in", "rsa.key"],
    ["pkcs8", "-topk8", ...encrypted, "-outform", "DER", "-in", "rsa.key"],
    ["pkcs8", "-topk8", ...encrypted, "-v1", "PBE-SHA1-3DES", "-in", "rsa.key"],
    ["pkcs8", "-topk8", ...encrypted, "-scrypt", "-in", "rsa.key"],
    ["rsa", "-traditional", "-aes256", ...encrypted, "-in", "rsa.key"],
    ["rsa", "-traditional", "-des3", ...encrypted, "-in", "rsa.key"],
    ["ec", "-in", "ec.key"],
    ["ec", "-outform", "DER", "-in", "ec.key"],
    ["ec", "-aes128", ...encrypted, "-in", "ec.key"],
    ["pkcs8", "-topk8", ...encrypted, "-in", "p384.key"],
  ])("a private key: %s %s %s %s %s %s %s", async (args) => {
    const made = await openssl(...args);
    const isEncrypted = args.includes("-passout");
    const key = readPrivateKey(made, isEncrypted ? keyPassword : undefined);
    const expected = readPrivateKey(read(args.at(-1) ?? ""), undefined);
    expect(key).toEqual(expected);
    if (!isEncrypted) return;
    expect(() => readPrivateKey(made, "wrong")).toThrow(wrong);
    expect(() => readPrivateKey(made, undefined)).toThrow("there is no password");
  });

  it("a SEC1 key after its parameters", async () => {
    const made = await openssl("ecparam", "-name", "secp384r1", "-genkey");
    expect(made.toString()).toMatch(/^-----BEGIN EC PARAMETERS-----/);
    expect(readPrivateKey(made, undefined)).toMatchObject({ type: "ec", bits: 384 });
  });

  it.for([
    ["x509", "-text", "-in", "ca.crt"],
    ["x509", "-trustout", "-addtrust", "serverAuth", "-in", "ca.crt"],
    ["x509", "-outform", "DER", "-in", "ca.crt"],
    ["crl2pkcs7", "-nocrl", "-certfile", "ca+kafka+hdfs.crt"],
    ["crl2pkcs7", "-nocrl", "-outform", "DER", "-certfile", "ca+kafka+hdfs.crt"],
  ])("certificates: %s %s", async (args) => {
    expect(readCertificates(await openssl(...args))).toEqual(readCertificates(read(args.at(-1) ?? "")));
  });

  it.for([
    "/CN=flink.internal",
    '/C=DE/O=Corp, Inc./OU=a+b/CN=quote" <angle>; back\\\\slash',
    "/CN= leading and trailing ",
    "/CN=#hash",
    "/DC=example/DC=com/UID=42/L=Bär",
    "/CN=Größe 证书",
  ])("the name %s, which both spell alike", async (subject) => {
    const options = ["-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-keyout", "made.key"];
    await openssl("req", ...options, "-out", "made.crt", "-utf8", "-subj", subject);
    const spelled = await openssl("x509", "-in", "made.crt", "-noout", "-subject", "-nameopt", "RFC2253,-esc_msb,utf8");
    expect(readCertificates(read("made.crt")).map((made) => `subject=${made.subject}`)).toEqual([spelled.toString()]);
  });
});
