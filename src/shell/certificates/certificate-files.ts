import type { Certificate } from "../../formats/x509/certificate.ts";
import { writePem } from "../../formats/x509/pem.ts";
import { type CertificateRequest, type MadeCertificate, makeCertificate } from "./generate-certificate.ts";
import { type StoreFormat, writeStores } from "./write-stores.ts";

/** The files of a certificate, by name: PEM, and stores with their password unless there are to be none. */
export function certificateFiles(made: MadeCertificate, store: StoreFormat | "none"): ReadonlyMap<string, Uint8Array> {
  return new Map<string, Uint8Array>([
    ["tls.crt", certificatePem(made.certificate)],
    ["ca.crt", Buffer.concat(made.trusted.map(certificatePem))],
    ["tls.key", keyPem(made)],
    ...(store === "none" ? [] : writeStores(made, store)),
  ]);
}

/** The files of a CA, by name. */
export function authorityFiles(made: MadeCertificate): ReadonlyMap<string, Uint8Array> {
  return new Map([
    ["ca.crt", certificatePem(made.certificate)],
    ["ca.key", keyPem(made)],
  ]);
}

/** The files of a certificate, with PKCS#12. */
export function generateCertificate(request: CertificateRequest, now: Date): ReadonlyMap<string, Uint8Array> {
  return certificateFiles(makeCertificate(request, now), "pkcs12");
}

function certificatePem({ der }: Certificate): Uint8Array {
  return Buffer.from(writePem("CERTIFICATE", der));
}

function keyPem({ pkcs8 }: MadeCertificate): Uint8Array {
  return Buffer.from(writePem("PRIVATE KEY", pkcs8));
}
