import { type DerReader, Tag } from "./der.ts";
import { refused } from "./refused.ts";

const rsaEncryption = "1.2.840.113549.1.1.1";
const ecPublicKey = "1.2.840.10045.2.1";

/** SEC 2, ANSI X9.62 and Brainpool: the curves of sun.security.util.CurveDB have one of these in front. */
const knownCurves = ["1.3.132.0.", "1.2.840.10045.3.0.", "1.2.840.10045.3.1.", "1.3.36.3.3.2.8.1.1."];

/**
 * Looks at a SubjectPublicKeyInfo as Java does when it reads a certificate (sun.security.x509.X509Key): RSA and EC keys are made,
 * and others are passed over.
 * @throws FormatError for a key that Java refuses
 */
export function checkPublicKey(spki: DerReader): void {
  const algorithm = spki.enter();
  const oid = algorithm.oid();
  const key = spki.read(Tag.bitString).content;
  spki.end();
  if (oid === rsaEncryption) checkRsa(key);
  else if (oid === ecPublicKey) checkCurve(algorithm);
}

/** sun.security.rsa.RSAKeyFactory: 512 to 16384 bits, rounded up to whole bytes, and an exponent of at most 64 bits above 3072. */
function checkRsa(bits: Buffer): void {
  const modulus = integerAt(bits, headerEnd(bits, 1));
  const exponent = integerAt(bits, modulus.end);
  const size = bitLength(bits, modulus);
  const exponentSize = bitLength(bits, exponent);
  const rounded = Math.ceil(size / 8) * 8;
  if (rounded < 512 || rounded > 16_384) throw refused(`its RSA key has ${size} bits`);
  const isSmall = exponentSize <= 1 || (exponentSize === 2 && (bits[exponent.end - 1] ?? 0) < 3);
  const isLarge = exponentSize > size || (size > 3072 && exponentSize > 64);
  if (isSmall || isLarge) throw refused(`the exponent of its RSA key has ${exponentSize} bits`);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where the content of the value at an offset begins. */
function headerEnd(bytes: Buffer, at: number): number {
  const first = bytes[at + 1] ?? 0;
  return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
}

function integerAt(bytes: Buffer, at: number): Span {
  if (bytes[at] !== Tag.integer) throw refused("its RSA key is damaged");
  const start = headerEnd(bytes, at);
  if (start > bytes.length) throw refused("its RSA key is damaged");
  const octets = start - at - 2;
  const length = octets === 0 ? (bytes[at + 1] ?? 0) : bytes.readUIntBE(at + 2, Math.min(octets, 4));
  if (length > bytes.length - start) throw refused("its RSA key is damaged");
  return { start, end: start + length };
}

function bitLength(bytes: Buffer, { start, end }: Span): number {
  let first = start;
  while (first < end && bytes[first] === 0) first += 1;
  return first === end ? 0 : (end - first) * 8 - Math.clz32(bytes[first] ?? 0) + 24;
}

function checkCurve(algorithm: DerReader): void {
  if (algorithm.atEnd) throw refused("its EC key names no curve");
  if (algorithm.peek() !== Tag.oid) throw refused("its EC key has explicit parameters instead of a named curve");
  const curve = algorithm.oid();
  if (!knownCurves.some((prefix) => curve.startsWith(prefix))) {
    throw refused(`its EC key is on the curve ${curve}, which Java does not know`);
  }
}
