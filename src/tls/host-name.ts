import { X509Certificate } from "node:crypto";
import type { Certificate } from "../formats/x509/certificate.ts";

/**
 * Whether a certificate has a host name or IP address, by RFC 6125 as Java matches it: the subject's common name counts only where
 * there are no DNS names, and a wildcard stands for a whole label.
 */
export function hasName(certificate: Certificate, name: string): boolean {
  const x509 = new X509Certificate(certificate.der);
  if (/^[\d.]+$|:/.test(name)) return x509.checkIP(name) !== undefined;
  return x509.checkHost(name, { subject: "default", partialWildcards: false }) !== undefined;
}
