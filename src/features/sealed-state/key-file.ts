/** In bytes: what the plugin takes (java/key-ring, Key.LENGTH). */
const keyLength = 32;

/** Whether a file's name can be the id of a key (java/key-ring, Key.isId). */
export function isKeyId(name: string): boolean {
  return name !== "primary" && /^[A-Za-z0-9][A-Za-z0-9._-]{0,45}$/.test(name);
}

/** What a key file holds, as the plugin reads it, or in words why that is no key. Says nothing of what is in it. */
export function readKeyFile(bytes: Uint8Array): Uint8Array | { readonly text: string; readonly hint: string } {
  const key = bytes.length === keyLength ? bytes : decode(bytes);
  if (key === undefined || key.length !== keyLength) return { text: describe(bytes, key), hint: hintFor(bytes, key) };
  if (new Set(key).size === 1) return { text: "all of its bytes are the same", hint: generate };
  return key;
}

/**
 * Whether a key consists of printable ASCII characters: a password, or the base64 or hexadecimal digits of a shorter key. Of random
 * keys, one in 10^13 does.
 */
export function isPrintable(key: Uint8Array): boolean {
  return key.every((byte) => byte >= 0x20 && byte <= 0x7e);
}

const generate = "make it with openssl rand -base64 32";

/** Java's Base64 decoder: an alphabet, padding or none, nothing else; white space at the ends is cut off before. */
function decode(bytes: Uint8Array): Uint8Array | undefined {
  const text = Buffer.from(bytes).toString("latin1").trim();
  if (text === "" || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const unpadded = text.replace(/=+$/, "").length;
  const isComplete = text.endsWith("=") ? text.length % 4 === 0 : unpadded % 4 !== 1;
  return isComplete ? Buffer.from(text, "base64") : undefined;
}

function describe(bytes: Uint8Array, decoded: Uint8Array | undefined): string {
  if (bytes.length === 0) return "the file is empty";
  if (decoded === undefined) return `it has ${bytes.length} bytes, and is not base64`;
  return `it is base64 of ${decoded.length} bytes, and a key has ${keyLength}`;
}

function hintFor(bytes: Uint8Array, decoded: Uint8Array | undefined): string {
  const text = Buffer.from(bytes).toString("latin1").trim();
  if (/^[0-9a-f]{64}$/i.test(text)) return "this is a key in hexadecimal: convert it with xxd -r -p | base64";
  if (bytes.length === keyLength + 1 && bytes[keyLength] === 0x0a) {
    return "a newline was added to 32 bytes: write them without one, or as base64";
  }
  const inner = decoded && decode(decoded);
  if (inner?.length === keyLength) return "it is in base64 twice: put it under stringData and not data in the Secret";
  return generate;
}
