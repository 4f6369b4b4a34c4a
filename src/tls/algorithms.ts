import type { Algorithm } from "../core/feature/algorithm.ts";
import type { MergedFlinkConf } from "../core/feature/feature.ts";
import type { System } from "../core/system/system.ts";
import { oldPkcs12Encryption } from "../formats/keystore/pkcs12-old-encryption.ts";
import { certificateDetails } from "../formats/x509/certificate.ts";
import { nameOf } from "./describe-certificate.ts";
import type { Identity, Material, Store } from "./material.ts";

/** The cryptography of stores and certificates. `variable` names the folder that they come from. */
export function materialAlgorithms(variable: string, material: Material, system: System): readonly Algorithm[] {
  const stores = [material.keystore, ...(material.truststore === undefined ? [] : [material.truststore])];
  return [
    ...stores.map((store) => storeAlgorithm(variable, store, material, system)),
    ...certificatesOf(material).flatMap(({ chain, where }) => {
      return chain.map((certificate): Algorithm => {
        const { keyType, keyBits, signatureAlgorithm } = certificateDetails(certificate);
        const key = `${keyType === "rsa" ? "RSA" : keyType === "ec" ? "EC" : "key of another kind"}, ${keyBits} bits`;
        const signature = signatures.get(signatureAlgorithm) ?? `signature ${signatureAlgorithm}`;
        const part = `certificate ${nameOf(certificate)}`;
        const name = `${key}, signed with ${signature}`;
        const isAllowed =
          (keyType === "rsa" ? keyBits >= 2048 : keyType === "ec") && !/SHA-1|MD5|^signature/.test(signature);
        if (isAllowed) return { part, name };
        const text = `FIPS 140-3 does not allow ${nameOf(certificate)}: ${name}`;
        const hint =
          "have it issued with RSA of 2048 bits or more, or with EC on P-256, P-384 or P-521, and with SHA-2";
        return { part, name, refused: { where, text, hint } };
      });
    }),
  ];
}

/** Each certificate once: the chains that are shown, and what is trusted. */
function certificatesOf({ identities, anchors }: Material): readonly Pick<Identity, "chain" | "where">[] {
  const shown = new Set(identities.flatMap(({ chain }) => chain.map(({ sha256 }) => sha256)));
  const trusted = anchors?.certificates.filter(({ sha256 }) => !shown.has(sha256)) ?? [];
  return [...identities, ...(anchors === undefined ? [] : [{ chain: trusted, where: anchors.where }])];
}

function storeAlgorithm(variable: string, store: Store, { files }: Material, system: System): Algorithm {
  const part = `store ${store.path}`;
  const where = [variable, store.path];
  const hint = "mount tls.crt and tls.key instead, or make the store again with keytool of Java 17";
  const isRendered = files.some(({ path }) => path === store.path);
  if (store.format === "jks") {
    const name = "JKS: SHA-1 and a key protection of Sun";
    return { part, name, refused: { where, text: `FIPS 140-3 does not allow ${name}`, hint } };
  }
  const read = isRendered ? undefined : system.readFile(store.path);
  const old = read?.kind === "file" ? oldPkcs12Encryption(read.bytes) : [];
  if (old.length > 0) {
    const name = `PKCS#12 with ${old.join(" and ")}`;
    return { part, name, refused: { where, text: `FIPS 140-3 does not allow ${name}`, hint } };
  }
  const name = isRendered ? "PKCS#12: PBES2 with AES-256-CBC and HMAC-SHA-256, MAC with HMAC-SHA-256" : "PKCS#12";
  return { part, name };
}

const signatures: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.1.1.4", "RSA and MD5"],
  ["1.2.840.113549.1.1.5", "RSA and SHA-1"],
  ["1.2.840.113549.1.1.10", "RSASSA-PSS"],
  ["1.2.840.113549.1.1.11", "RSA and SHA-256"],
  ["1.2.840.113549.1.1.12", "RSA and SHA-384"],
  ["1.2.840.113549.1.1.13", "RSA and SHA-512"],
  ["1.2.840.10045.4.1", "ECDSA and SHA-1"],
  ["1.2.840.10045.4.3.2", "ECDSA and SHA-256"],
  ["1.2.840.10045.4.3.3", "ECDSA and SHA-384"],
  ["1.2.840.10045.4.3.4", "ECDSA and SHA-512"],
]);

/** TLS 1.2 and 1.3 suites with AES and SHA-2, and ephemeral keys (NIST SP 800-52r2, 3.3.1). */
const allowedSuite =
  /^TLS_(?:AES_(?:128|256)_(?:GCM|CCM)|(?:ECDHE|DHE)_(?:ECDSA|RSA)_WITH_AES_(?:128|256)_(?:GCM|CCM|CBC)).*SHA(?:256|384)$/;

/** Protocol, suites, provider and pins of Flink's TLS. */
export function tlsAlgorithms(conf: MergedFlinkConf): readonly Algorithm[] {
  return [...protocol(conf), ...suites(conf), ...provider(conf), ...pins(conf)];
}

function protocol(conf: MergedFlinkConf): readonly Algorithm[] {
  const found = conf.get("security.ssl.protocol");
  return found === undefined ? [] : [{ part: "security.ssl.protocol", name: String(found.value) }];
}

function suites(conf: MergedFlinkConf): readonly Algorithm[] {
  const key = "security.ssl.algorithms";
  const found = conf.get(key);
  if (found === undefined) return [];
  const all = String(found.value).split(",");
  const wrong = all.filter((suite) => !allowedSuite.test(suite));
  const kept = all.filter((suite) => allowedSuite.test(suite));
  return [
    ...(kept.length === 0 ? [] : [{ part: key, name: kept.join(", ") }]),
    ...wrong.map((suite): Algorithm => {
      const text = `FIPS 140-3 does not allow ${suite}`;
      return { part: key, name: suite, refused: { where: [found.owner, key], text, hint: `remove ${suite}` } };
    }),
  ];
}

function provider(conf: MergedFlinkConf): readonly Algorithm[] {
  const key = "security.ssl.provider";
  const found = conf.get(key);
  if (found === undefined || String(found.value).toUpperCase() !== "OPENSSL") return [];
  const text = "Flink's OpenSSL provider (netty-tcnative) is not a validated module";
  const refused = { where: [found.owner, key], text, hint: `set ${key} to JDK` };
  return [{ part: key, name: "OpenSSL by netty-tcnative", refused }];
}

/** Flink compares SHA-1 fingerprints (SecurityOptions.SSL_INTERNAL_CERT_FINGERPRINT). */
function pins(conf: MergedFlinkConf): readonly Algorithm[] {
  const key = "security.ssl.internal.cert.fingerprint";
  const found = conf.get(key);
  if (found === undefined) return [];
  const text = "Flink pins a certificate by its SHA-1 fingerprint, and FIPS 140-3 does not allow SHA-1 for that";
  const hint = "set FLINK_SSL_INTERNAL_PIN=false, and mount a certificate that a CA has issued";
  return [{ part: key, name: "SHA-1", refused: { where: [found.owner, key], text, hint } }];
}
