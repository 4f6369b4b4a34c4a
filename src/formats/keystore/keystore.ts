import { refuseEncodedTwice } from "../x509/encoded-twice.ts";
import { FormatError } from "../format-error.ts";
import type { StoreEntry } from "./entries.ts";
import { readJks } from "./jks.ts";
import { readPkcs12 } from "./pkcs12.ts";

export interface Keystore {
  readonly format: "pkcs12" | "jks";
  readonly entries: StoreEntry[];
}

const convert = "convert it with: keytool -importkeystore -srckeystore OLD -destkeystore NEW -deststoretype PKCS12";

/**
 * Reads a PKCS#12 or JKS store, told apart by its first bytes as Java does.
 * @throws FormatError if it is neither, is damaged, or cannot be decrypted with this password
 */
export function readKeystore(bytes: Uint8Array, password: string | undefined): Keystore {
  const magic = Buffer.from(bytes.subarray(0, 4)).toString("hex");
  if (magic === "feedfeed") return { format: "jks", entries: readJks(bytes, password) };
  if (magic.startsWith("30")) return { format: "pkcs12", entries: readPkcs12(bytes, password) };
  if (bytes.length === 0) throw new FormatError("the file is empty", "put a PKCS#12 or JKS keystore there");
  if (magic === "cececece") throw new FormatError("the keystore is of the type JCEKS, which is not supported", convert);
  if (Buffer.from(bytes).includes("-----BEGIN ")) {
    throw new FormatError(
      "the file is PEM, not a keystore",
      "give PEM files as tls.crt and tls.key, or put a PKCS#12 or JKS keystore there",
    );
  }
  refuseEncodedTwice(bytes);
  throw new FormatError("the file is neither a PKCS#12 nor a JKS keystore", "put a PKCS#12 or JKS keystore there");
}
