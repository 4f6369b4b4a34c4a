import type { Certificate } from "../formats/x509/certificate.ts";

/**
 * Gives aliases such as `kafka-corp-root-ca`: a prefix, and the common name (else the organisation) in lower case. An alias that is
 * taken gets the start of the certificate's SHA-256 as well. `taken` holds those of the store that the entries go to.
 */
export function uniqueAliases(taken: ReadonlySet<string>): (prefix: string, certificate: Certificate) => string {
  const given = new Set(taken);
  return (prefix, certificate) => {
    const name = certificate.commonName ?? /(?:^|,)O=([^,]+)/.exec(certificate.subject)?.[1] ?? "";
    const words = name.toLowerCase().match(/[a-z0-9]+/g);
    const short = certificate.sha256.slice(0, 8);
    const alias = [prefix, ...(words ?? [short])].join("-").slice(0, 80);
    const unique = given.has(alias) ? `${alias}-${short}` : alias;
    given.add(unique);
    return unique;
  };
}
