/** PITABLE of RFC 2268, 2: a permutation of 0 to 255 made from the digits of pi. */
const piTable = Buffer.from(
  "d978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2" +
    "179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82" +
    "54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626" +
    "6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7" +
    "08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec" +
    "c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731" +
    "2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9" +
    "0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad",
  "hex",
);

const pi = (index: number): number => piTable[index & 0xff] ?? 0;

/** 64 words from a key whose effective bits are all of its bits (RFC 2268, 2). */
function expandKey(key: Uint8Array): Uint16Array {
  const octets = new Uint8Array(128);
  octets.set(key);
  for (let i = key.length; i < 128; i += 1) octets[i] = pi((octets[i - 1] ?? 0) + (octets[i - key.length] ?? 0));
  octets[128 - key.length] = pi(octets[128 - key.length] ?? 0);
  for (let i = 127 - key.length; i >= 0; i -= 1) octets[i] = pi((octets[i + 1] ?? 0) ^ (octets[i + key.length] ?? 0));
  const view = new DataView(octets.buffer);
  return Uint16Array.from({ length: 64 }, (_, i) => view.getUint16(2 * i, true));
}

const rotations = [1, 2, 3, 5] as const;

/** RFC 2268, 4: sixteen mixing rounds backwards, with a mashing round after the fifth and the eleventh. */
function decryptBlock(words: Uint16Array, keys: Uint16Array): void {
  const word = (i: number): number => words[i & 3] ?? 0;
  let j = 63;
  for (let round = 0; round < 16; round += 1) {
    for (let i = 3; i >= 0; i -= 1) {
      const shift = rotations[i] ?? 0;
      const rotated = (word(i) >> shift) | (word(i) << (16 - shift));
      words[i] = rotated - (keys[j] ?? 0) - (word(i - 1) & word(i - 2)) - (~word(i - 1) & word(i - 3));
      j -= 1;
    }
    if (round === 4 || round === 10) for (let i = 3; i >= 0; i -= 1) words[i] = word(i) - (keys[word(i - 1) & 63] ?? 0);
  }
}

/**
 * Decrypts RC2 in CBC mode with PKCS#7 padding: the 40-bit cipher of stores made by JDK 8 to 15 and OpenSSL 1, which OpenSSL 3 keeps
 * from node:crypto. Only for reading: RC2 protects nothing.
 * @throws RangeError if the padding is wrong, usually because the key is
 */
export function decryptRc2Cbc(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  if (data.length === 0 || data.length % 8 !== 0) throw new RangeError("not whole RC2 blocks");
  const keys = expandKey(key);
  const plain = Buffer.alloc(data.length);
  const words = new Uint16Array(4);
  const source = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let at = 0; at < data.length; at += 8) {
    for (let i = 0; i < 4; i += 1) words[i] = source.getUint16(at + 2 * i, true);
    decryptBlock(words, keys);
    for (let i = 0; i < 4; i += 1) plain.writeUInt16LE(words[i] ?? 0, at + 2 * i);
    for (let i = 0; i < 8; i += 1) plain[at + i] = (plain[at + i] ?? 0) ^ ((at === 0 ? iv[i] : data[at - 8 + i]) ?? 0);
  }
  const padding = plain[plain.length - 1] ?? 0;
  if (padding < 1 || padding > 8 || plain.subarray(-padding).some((octet) => octet !== padding)) {
    throw new RangeError("RC2 padding is wrong");
  }
  return plain.subarray(0, -padding);
}
