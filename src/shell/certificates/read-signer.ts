import { join } from "node:path";
import { FormatError } from "../../formats/format-error.ts";
import { type Certificate, certificateDetails, readCertificates } from "../../formats/x509/certificate.ts";
import { canIssueWith } from "../../formats/x509/issue-certificate.ts";
import { readPrivateKey } from "../../formats/x509/private-key.ts";
import { privateKey, type Signer } from "./generate-certificate.ts";
import { readRegularFile } from "../files/read-file.ts";

/** A CA that cannot sign, or cannot be trusted. */
export class CannotSign extends Error {
  readonly hint: string;

  constructor(path: string, { message, hint, line }: { message: string; hint: string; line?: number | undefined }) {
    super(`${path}: ${line === undefined ? "" : `line ${line}: `}${message}`);
    this.name = "CannotSign";
    this.hint = hint;
  }
}

/** As `sluice certs --ca` writes them; or a mounted Secret of cert-manager for a CA. */
const layouts = [
  ["ca.crt", "ca.key"],
  ["tls.crt", "tls.key"],
] as const;

/** Reads a CA from a folder. Throws {@link CannotSign} unless it can sign at that time. */
export function readSigner(folder: string, now: Date): Signer {
  const paths = layouts.map((names) => names.map((name) => join(folder, name)));
  const [certificatePath = "", keyPath = ""] = paths.find(([, key = ""]) => isThere(key)) ?? paths[0] ?? [];
  const [certificate] = reading(certificatePath, readCertificates);
  const key = reading(keyPath, (bytes) => readPrivateKey(bytes, undefined));
  const refuse = (message: string, hint: string) => new CannotSign(certificatePath, { message, hint });
  if (certificate === undefined) throw refuse("there is no certificate in it", "put the CA's certificate there");
  const { isCa, selfSigned, spki } = certificateDetails(certificate);
  const another = "give the folder that sluice certs --ca has written";
  if (!isCa) throw refuse(`${certificate.subject} is not a CA`, another);
  if (!selfSigned) throw refuse(`${certificate.subject} is not a root CA, and no chain is made here`, another);
  if (Buffer.compare(spki, key.spki) !== 0) throw refuse(`the key in ${keyPath} does not belong to it`, another);
  if (!canIssueWith(privateKey(key.pkcs8))) {
    throw refuse("its key is neither RSA with 2048 bits or more, nor EC on P-256 or P-384", "make a new CA");
  }
  if (certificate.notAfter <= now) {
    throw refuse(`it expired on ${certificate.notAfter.toISOString().slice(0, 10)}`, "make a new CA");
  }
  return { certificate, pkcs8: key.pkcs8 };
}

/** Reads the certificates of CAs from a folder's ca.crt. Throws {@link CannotSign} where there is anything else in it. */
export function readAuthorities(folder: string): readonly Certificate[] {
  const path = join(folder, "ca.crt");
  const certificates = reading(path, readCertificates);
  const wrong = certificates.find((certificate) => !certificateDetails(certificate).isCa);
  const hint = "--trust takes a folder with the ca.crt of a CA";
  if (wrong !== undefined) throw new CannotSign(path, { message: `${wrong.subject} is not a CA`, hint });
  if (certificates.length === 0) throw new CannotSign(path, { message: "there is no certificate in it", hint });
  return certificates;
}

function isThere(path: string): boolean {
  return readRegularFile(path).kind !== "missing";
}

function reading<T>(path: string, parse: (bytes: Uint8Array) => T): T {
  const read = readRegularFile(path);
  if (read.kind !== "file") {
    const why = { missing: "no such file", denied: "permission denied" };
    const message = read.kind === "missing" || read.kind === "denied" ? why[read.kind] : "this is not a regular file";
    throw new CannotSign(path, { message, hint: "give a folder that sluice certs --ca has written" });
  }
  try {
    return parse(read.bytes);
  } catch (error) {
    if (error instanceof FormatError) throw new CannotSign(path, error);
    throw error;
  }
}
