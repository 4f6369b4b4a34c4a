import { FormatError } from "../format-error.ts";

/** As PEM, DER and JKS begin. */
const beginnings = /^(?:-----BEGIN |0[\x80-\x84]|\xfe\xed\xfe\xed)/;

/**
 * Throws if a file is the base64 of what should be in it: a Secret's `data` is encoded by hand, and its `stringData` by Kubernetes.
 * @throws FormatError
 */
export function refuseEncodedTwice(file: Uint8Array): void {
  const text = Buffer.from(file.buffer, file.byteOffset, file.byteLength).toString("latin1");
  if (!/^[A-Za-z0-9+/\s]{24,}={0,2}\s*$/.test(text)) return;
  if (!beginnings.test(Buffer.from(text.slice(0, 200), "base64").toString("latin1"))) return;
  throw new FormatError(
    "the file is base64 of what should be in it",
    "decode it with base64 -d; a Secret's data is encoded once, its stringData not at all",
  );
}
