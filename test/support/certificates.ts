import type { KeyObject } from "node:crypto";
import { extendedKeyUsageOids } from "../../src/formats/x509/certificate-extensions.ts";
import {
  der,
  derExplicit,
  derInteger,
  derOctetString,
  derOid,
  derSequence,
  derSet,
} from "../../src/formats/x509/der-write.ts";
import { writeJks } from "../../scripts/write-jks.ts";
import type { StoreEntry } from "../../src/formats/keystore/entries.ts";
import { writePem } from "../../src/formats/x509/pem.ts";
import { writePkcs12 } from "../../src/formats/keystore/pkcs12.ts";
import { damages } from "./damages.ts";
import { goldenNow, type Identity, identity } from "./identities.ts";
import { keyPassword, quotedPassword, storePassword, truststorePassword } from "./planted.ts";

/**
 * Test material by name, such as `ec.crt`, `leaf.chain.crt`, `rsa.pkcs1.key`, `ca+kafka.truststore.p12`: identities, joined
 * by `+` (or `none`), then the form. Words after it damage it: `ec.crt unclosed`.
 */
export function material(name: string): Uint8Array {
  const [file = "", ...words] = name.split(" ");
  const dot = file.indexOf(".");
  const names = file.slice(0, dot).split("+");
  const identities = names.filter((one) => one !== "none").map(identity);
  const form = forms[file.slice(dot + 1)];
  if (form === undefined) throw new Error(`test material has no form ${file.slice(dot + 1)}`);
  let bytes = Buffer.from(form(identities));
  for (const word of words) {
    const damage = damages[word];
    if (damage === undefined) throw new Error(`test material cannot be damaged as ${word}`);
    bytes = Buffer.from(damage(bytes));
  }
  return bytes;
}

type Form = (identities: readonly Identity[]) => string | Uint8Array;

const forms: Readonly<Record<string, Form>> = {
  crt: (all) => all.map(pem).join(""),
  "chain.crt": (all) => all.map((one) => chain(one).map(pem).join("")).join(""),
  // As bundles of distributions are: a comment before each, Windows line ends.
  "bundle.crt": (all) =>
    all.map((one) => `# ${one.certificate.subject}\r\n${pem(one).replaceAll("\n", "\r\n")}\r\n`).join(""),
  // As `openssl x509 -addreject serverAuth -trustout` writes it.
  "rejected.crt": ([one]) =>
    writePem(
      "TRUSTED CERTIFICATE",
      Buffer.concat([der0(one), derSequence(der(0xa0, derOid(extendedKeyUsageOids.serverAuth)))]),
    ),
  "bom.crt": (all) => `\ufeff${all.map(pem).join("")}`,
  "utf16.crt": (all) => Buffer.from(`\ufeff${all.map(pem).join("")}`, "utf16le"),
  der: ([one]) => der0(one),
  p7b: (all) => writePem("PKCS7", pkcs7(all)),
  p7c: (all) => pkcs7(all),
  csr: () => writePem("CERTIFICATE REQUEST", derSequence(derInteger(0))),
  key: (all) => all.map((one) => writePem("PRIVATE KEY", pkcs8(one))).join(""),
  "key.der": ([one]) => pkcs8(one),
  "pkcs1.key": ([one]) => keyOf(one).export({ type: "pkcs1", format: "pem" }),
  "sec1.key": ([one]) => keyOf(one).export({ type: "sec1", format: "pem" }),
  "encrypted.key": ([one]) =>
    keyOf(one).export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: keyPassword }),
  // What is encrypted does not matter: OpenSSL 3 does not look at it.
  "md5des.key": () =>
    writePem(
      "ENCRYPTED PRIVATE KEY",
      derSequence(
        derSequence(derOid("1.2.840.113549.1.5.3"), derSequence(derOctetString(Buffer.alloc(8)), derInteger(2048))),
        derOctetString(Buffer.alloc(64)),
      ),
    ),
  "legacy.key": ([one]) =>
    keyOf(one).export({ type: "pkcs1", format: "pem", cipher: "aes-128-cbc", passphrase: keyPassword }),
  "keystore.p12": (all) => pkcs12(all.map(keyEntry)),
  "quoted.p12": (all) => pkcs12(all.map(keyEntry), quotedPassword),
  "keystore.jks": (all) => jks(all.map(keyEntry)),
  "truststore.p12": (all) => pkcs12(all.map(trusted)),
  "own-password.p12": (all) => pkcs12(all.map(trusted), truststorePassword),
  "truststore.jks": (all) => jks(all.map(trusted)),
  // As `openssl pkcs12 -export -nokeys` does, which Java counts as no trusted entry at all.
  "nokeys.p12": (all) => pkcs12(all.map((one) => ({ ...trusted(one), kind: "untrusted" }))),
  "cacerts.jks": (all) => writeJks(all.map(trusted), { password: "changeit", created: goldenNow, bytes: counting }),
  "cacerts.p12": (all) => writePkcs12(all.map(trusted), { password: undefined, bytes: counting, iterations: 1 }),
  "changeit.p12": (all) => writePkcs12(all.map(trusted), { password: "changeit", bytes: counting, iterations: 1 }),
};

function chain(one: Identity): readonly Identity[] {
  return [one, ...one.issuers.filter(({ issuers }) => issuers.length > 0)];
}

function pem(one: Identity): string {
  return writePem("CERTIFICATE", one.certificate.der);
}

function der0(one: Identity | undefined): Uint8Array {
  if (one === undefined) throw new Error("no identity");
  return one.certificate.der;
}

function keyOf(one: Identity | undefined): KeyObject {
  if (one === undefined) throw new Error("no identity");
  return one.keyPair.privateKey;
}

function pkcs8(one: Identity | undefined): Uint8Array {
  return keyOf(one).export({ type: "pkcs8", format: "der" });
}

/** SignedData without a signer (RFC 2315, 9.1), as `openssl crl2pkcs7 -nocrl` writes it. */
function pkcs7(all: readonly Identity[]): Uint8Array {
  const data = derSequence(derOid("1.2.840.113549.1.7.1"));
  const certificates = der(0xa0, ...all.map((one) => one.certificate.der));
  const signedData = derSequence(derInteger(1), derSet(), data, certificates, derSet());
  return derSequence(derOid("1.2.840.113549.1.7.2"), derExplicit(0, signedData));
}

function keyEntry(one: Identity): StoreEntry & { kind: "key" } {
  return {
    kind: "key",
    alias: one.name,
    pkcs8: pkcs8(one),
    chain: [one, ...one.issuers].map(({ certificate }) => certificate.der),
  };
}

function trusted(one: Identity): StoreEntry & { kind: "trusted" } {
  return { kind: "trusted", alias: one.name, certificate: one.certificate.der };
}

function pkcs12(entries: readonly StoreEntry[], password = storePassword): Uint8Array {
  return writePkcs12(entries, { password, bytes: counting, iterations: 100 });
}

function jks(entries: Parameters<typeof writeJks>[0]): Uint8Array {
  return writeJks(entries, { password: storePassword, created: goldenNow, bytes: counting });
}

/** Salts need not be random here. */
function counting(_label: string, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => index);
}
