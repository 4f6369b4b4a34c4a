import { generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Certificate } from "../src/formats/x509/certificate.ts";
import { issueCertificate } from "../src/formats/x509/issue-certificate.ts";
import { writePem } from "../src/formats/x509/pem.ts";

const dayMs = 86_400_000;

export interface ServerCertificateOptions {
  readonly commonName?: string;
  readonly dns?: readonly string[];
  readonly ip?: readonly string[];
  /** Days from now; negative when it has expired. */
  readonly days?: number;
}

/** Files of a certificate as a Secret of cert-manager has them, in PEM. */
export interface CertificateFiles {
  readonly folder: string;
  /** The certificate. */
  readonly crt: string;
  /** Its key, PKCS#8. */
  readonly key: string;
  readonly ca: string;
  /** Key and certificate in one file, as Kafka takes it. */
  readonly both: string;
}

/** A certificate authority of the lab. */
export class LabCa {
  readonly folder: string;
  readonly #keyPair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  readonly #certificate: Certificate;

  /** Makes a key, and puts `ca.crt` into the folder, which can then be mounted as one of CA certificates. */
  constructor(folder: string, commonName = "Lab CA") {
    this.folder = folder;
    this.#certificate = issueCertificate({
      subject: { CN: commonName, O: "Lab" },
      keyPair: this.#keyPair,
      ...validity(365),
      serial: serial(),
      ca: true,
    });
    mkdirSync(folder, { recursive: true });
    writeFileSync(this.pem, writePem("CERTIFICATE", this.#certificate.der));
  }

  get pem(): string {
    return join(this.folder, "ca.crt");
  }

  /** Issues a certificate for a server or a client, of `localhost` and 127.0.0.1 unless told otherwise. */
  issue(folder: string, options: ServerCertificateOptions = {}): CertificateFiles {
    const { commonName = "localhost", dns = ["localhost"], ip = ["127.0.0.1"], days = 90 } = options;
    const keyPair = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const certificate = issueCertificate({
      subject: { CN: commonName },
      keyPair,
      ...validity(days),
      serial: serial(),
      subjectAltNames: { dns, ip },
      extendedKeyUsage: ["serverAuth", "clientAuth"],
      issuer: { certificate: this.#certificate, key: this.#keyPair.privateKey },
    });
    return writeFiles(folder, certificate, keyPair.privateKey, this.#certificate);
  }
}

function writeFiles(folder: string, certificate: Certificate, key: KeyObject, ca: Certificate): CertificateFiles {
  const at = (name: string) => join(folder, name);
  const files = { folder, crt: at("tls.crt"), key: at("tls.key"), ca: at("ca.crt"), both: at("tls.pem") };
  const crtPem = writePem("CERTIFICATE", certificate.der);
  const keyPem = writePem("PRIVATE KEY", key.export({ type: "pkcs8", format: "der" }));
  mkdirSync(folder, { recursive: true });
  writeFileSync(files.crt, crtPem);
  writeFileSync(files.key, keyPem, { mode: 0o600 });
  writeFileSync(files.ca, writePem("CERTIFICATE", ca.der));
  writeFileSync(files.both, `${keyPem}${crtPem}`, { mode: 0o600 });
  return files;
}

function validity(days: number): { readonly notBefore: Date; readonly notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - (days < 0 ? 100 : 1) * dayMs), notAfter: new Date(now + days * dayMs) };
}

function serial(): Uint8Array {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes;
}
