import { generateKeyPairSync, type KeyObject } from "node:crypto";
import type { Certificate } from "../../src/formats/x509/certificate.ts";
import { issueCertificate } from "../../src/formats/x509/issue-certificate.ts";

/** The instant at which every golden case happens. */
export const goldenNow = new Date("2026-06-15T12:00:00.000Z");

/** A certificate with its key. `issuers` goes from the one that signed it up to the root. */
export interface Identity {
  readonly name: string;
  readonly certificate: Certificate;
  readonly keyPair: KeyPair;
  readonly issuers: readonly Identity[];
}

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

interface Description {
  readonly cn?: string;
  readonly o?: string;
  readonly key?: "rsa" | "rsa1024" | "rsa768" | "p384" | "k256" | "ed25519";
  /** The name of another identity. */
  readonly issuer?: string;
  /** The name of another identity whose key this one has. */
  readonly keyOf?: string;
  readonly ca?: boolean;
  readonly from?: string;
  readonly until?: string;
  readonly dns?: readonly string[];
  readonly ip?: readonly string[];
  readonly usage?: readonly ("serverAuth" | "clientAuth")[];
}

const descriptions = {
  ec: { cn: "flink.internal" },
  rsa: { cn: "flink.internal", key: "rsa" },
  p384: { cn: "flink.internal", key: "p384" },
  weak: { cn: "flink.internal", key: "rsa1024" },
  tiny: { cn: "flink.internal", key: "rsa768" },
  ed25519: { cn: "flink.internal", key: "ed25519", issuer: "ca" },
  other: { cn: "other.internal" },
  ca: { cn: "Example CA", ca: true },
  "ca-renewed": { cn: "Example CA", ca: true },
  "ca-rekeyed": { cn: "Example CA", ca: true, keyOf: "ca", until: "2036-01-01" },
  intermediate: { cn: "Example Issuing CA", ca: true, issuer: "ca" },
  leaf: { cn: "flink-jobmanager", issuer: "ca", dns: ["flink-jobmanager"] },
  "leaf-rsa": { cn: "flink-jobmanager", issuer: "ca", key: "rsa" },
  deep: { cn: "flink-jobmanager", issuer: "intermediate", dns: ["flink-jobmanager"] },
  pod: {
    cn: "flink-taskmanager",
    issuer: "ca",
    dns: ["flink-taskmanager-0.flink.default.svc.cluster.local"],
    ip: ["127.0.0.1"],
  },
  host: { cn: "flink", issuer: "ca", dns: ["flink-host.example.com"] },
  "foreign-ca": { cn: "Foreign CA", ca: true },
  foreign: { cn: "flink.internal", issuer: "foreign-ca" },
  expired: { cn: "flink.internal", from: "2025-01-01", until: "2026-06-01" },
  "expired-ca": { cn: "Expired CA", ca: true, from: "2020-01-01", until: "2026-01-01" },
  soon: { cn: "flink.internal", until: "2026-06-30" },
  future: { cn: "flink.internal", from: "2026-07-01" },
  "server-only": { cn: "flink.internal", usage: ["serverAuth"] },
  "client-only": { cn: "flink.internal", usage: ["clientAuth"] },
  "issued-server-only": { cn: "flink.internal", issuer: "ca", usage: ["serverAuth"] },
  "issued-client-only": { cn: "flink.internal", issuer: "ca", usage: ["clientAuth"] },
  // Not a CA, and what it has issued all the same.
  "no-issuer": { cn: "Example Service", issuer: "ca" },
  "issued-by-no-issuer": { cn: "flink.internal", issuer: "no-issuer" },
  // Two roots of one name, and an intermediate of one name and key below each.
  "cross-root": { cn: "Cross Root", ca: true },
  "cross-a": { cn: "Cross CA", ca: true, issuer: "foreign-ca" },
  "cross-b": { cn: "Cross CA", ca: true, issuer: "cross-root", keyOf: "cross-a" },
  crossed: { cn: "flink.internal", issuer: "cross-a" },
  k256: { cn: "flink.internal", key: "k256", issuer: "ca" },
  "no-cn": { o: "Example Corp" },
  // Java refuses one that has no issuer either.
  unnamed: { issuer: "ca", dns: ["kafka.example.com"] },
  kafka: { cn: "Kafka CA", o: "Example Corp", ca: true },
  hdfs: { cn: "HDFS CA", o: "Example Corp", ca: true },
  corp: { cn: "Corporate Root", o: "Example Corp", ca: true },
  jdk: { cn: "Public Root of the JDK", ca: true },
} as const satisfies Record<string, Description>;

const made = new Map<string, Identity>();

/** A certificate and its key, made when it is first asked for. Only the keys and signatures differ from run to run. */
export function identity(name: string): Identity {
  const known = made.get(name);
  if (known !== undefined) return known;
  const index = Object.keys(descriptions).indexOf(name);
  const description: Description | undefined = (descriptions as Record<string, Description>)[name];
  if (description === undefined) throw new Error(`there is no test identity ${name}`);
  const issuer = description.issuer === undefined ? undefined : identity(description.issuer);
  const keyPair = description.keyOf === undefined ? makeKeyPair(description.key) : identity(description.keyOf).keyPair;
  const { cn, o, dns, ip, ca = false, usage = ca ? undefined : (["serverAuth", "clientAuth"] as const) } = description;
  const certificate = issueCertificate({
    subject: { ...(cn !== undefined && { CN: cn }), ...(o !== undefined && { O: o }) },
    keyPair,
    notBefore: new Date(`${description.from ?? "2026-01-01"}T00:00:00Z`),
    notAfter: new Date(`${description.until ?? "2030-01-01"}T00:00:00Z`),
    serial: Uint8Array.of(0x40, index),
    subjectAltNames: { dns: dns ?? [], ip: ip ?? [] },
    ca,
    ...(usage !== undefined && { extendedKeyUsage: usage }),
    ...(issuer !== undefined && { issuer: { certificate: issuer.certificate, key: issuer.keyPair.privateKey } }),
  });
  const issuers = issuer === undefined ? [] : [issuer, ...issuer.issuers];
  const identityMade = { name, certificate, keyPair, issuers };
  made.set(name, identityMade);
  return identityMade;
}

/** Every identity that was made so far. */
export function madeIdentities(): readonly Identity[] {
  return [...made.values()];
}

function makeKeyPair(type: Description["key"]): KeyPair {
  switch (type) {
    case "rsa":
      return generateKeyPairSync("rsa", { modulusLength: 2048 });
    case "rsa1024":
      return generateKeyPairSync("rsa", { modulusLength: 1024 });
    case "ed25519":
      return generateKeyPairSync("ed25519");
    case "rsa768":
      return generateKeyPairSync("rsa", { modulusLength: 768 });
    case "p384":
      return generateKeyPairSync("ec", { namedCurve: "secp384r1" });
    case "k256":
      return generateKeyPairSync("ec", { namedCurve: "secp256k1" });
    case undefined:
      return generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  }
}
