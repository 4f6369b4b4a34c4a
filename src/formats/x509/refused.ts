import { FormatError } from "../format-error.ts";

/** What RFC 5280 forbids and Java refuses: one such certificate, and Java does not load the store it is in. */
export function refused(what: string): FormatError {
  return new FormatError(what, "ask the issuer for a certificate that follows RFC 5280: Java refuses this one");
}
