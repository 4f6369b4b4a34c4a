import { FormatError } from "../format-error.ts";

/** The text of an address of 4 or 16 octets: `10.0.0.1`, or IPv6 in its short form (RFC 5952). Throws a FormatError for another length. */
export function formatIp(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join(".");
  if (octets.length !== 16) {
    throw new FormatError(
      "a subject alternative name is not an IP address",
      "ask the issuer for a certificate with correct IP addresses",
    );
  }
  const groups = Buffer.from(octets).toString("hex").match(/.{4}/g) ?? [];
  return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
}

/** The 4 or 16 octets of an IP address. Throws a RangeError for other text. */
export function parseIp(text: string): Uint8Array {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) {
    const octets = text.split(".").map(Number);
    if (octets.every((octet) => octet < 256)) return Uint8Array.from(octets);
  }
  if (!text.includes(":") || !URL.canParse(`http://[${text}]`)) throw new RangeError(`not an IP address: ${text}`);
  const [head = "", tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split("::");
  const left = head.split(":").filter(Boolean);
  const right = (tail ?? "").split(":").filter(Boolean);
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => "0");
  return Uint8Array.from(
    [...left, ...zeros, ...right]
      .map((group) => Number.parseInt(group, 16))
      .flatMap((group) => [group >> 8, group & 0xff]),
  );
}
