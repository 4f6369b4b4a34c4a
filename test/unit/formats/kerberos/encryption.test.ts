import { describe, expect, it } from "vitest";
import { decryptCts, encryptCts } from "../../../../src/formats/kerberos/aes-cts.ts";
import { deriveAesSha1Key, deriveAesSha2Key, nFold } from "../../../../src/formats/kerberos/derive-key.ts";
import { decrypt, encrypt } from "../../../../src/formats/kerberos/encryption.ts";

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ""), "hex");

describe("n-fold gives what RFC 3961, A.1 says", () => {
  it.each([
    [64, "012345", "be072631276b1955"],
    [56, "password", "78a07b6caf85fa"],
    [64, "Rough Consensus, and Running Code", "bb6ed30870b7f0e0"],
    [168, "password", "59e4a8ca7c0385c3c37b3f6d2000247cb6e6bd5b3e"],
    [192, "MASSACHVSETTS INSTITVTE OF TECHNOLOGY", "db3b0d8f0b061e603282b308a50841229ad798fab9540c1b"],
    [168, "Q", "518a54a2 15a8452a 518a54a2 15a8452a 518a54a2 15"],
    [168, "ba", "fb25d531 ae897449 9f52fd92 ea9857c4 ba24cf29 7e"],
    [64, "kerberos", "6b65726265726f73"],
    [128, "kerberos", "6b65726265726f737b9b5b2b93132b93"],
    [256, "kerberos", "6b65726265726f737b9b5b2b93132b935c9bdcdad95c9899c4cae4dee6d6cae4"],
  ])("%i bits of %j", (bits, input, expected) => {
    expect(nFold(Buffer.from(input), bits / 8)).toEqual(hex(expected));
  });
});

describe("AES with ciphertext stealing gives what RFC 3962, B says", () => {
  const key = Buffer.from("chicken teriyaki");
  const text = "I would like the General Gau's Chicken, please, and wonton soup.";

  it.each([
    [17, "c6353568f2bf8cb4d8a580362da7ff7f97"],
    [31, "fc00783e0efdb2c1d445d4c8eff7ed2297687268d6ecccc0c07b25e25ecfe5"],
    [32, "39312523a78662d5be7fcbcc98ebf5a897687268d6ecccc0c07b25e25ecfe584"],
    [47, "97687268d6ecccc0c07b25e25ecfe584b3fffd940c16a18c1b5549d2f838029e39312523a78662d5be7fcbcc98ebf5"],
    [48, "97687268d6ecccc0c07b25e25ecfe5849dad8bbb96c4cdc03bc103e1a194bbd839312523a78662d5be7fcbcc98ebf5a8"],
    [
      64,
      "97687268d6ecccc0c07b25e25ecfe58439312523a78662d5be7fcbcc98ebf5a84807efe836ee89a526730dbc2f7bc8409dad8bbb96c4cdc03bc103e1a194bbd8",
    ],
  ])("%i octets", (length, expected) => {
    const plaintext = Buffer.from(text).subarray(0, length);
    expect(encryptCts(key, plaintext)).toEqual(hex(expected));
    expect(decryptCts(key, hex(expected))).toEqual(plaintext);
  });
});

describe("keys are derived", () => {
  /** Of RFC 8009, A: usage 2. */
  it.each([
    ["sha256", "3705d96080c17728a0e800eab6e0d23c", "encryption", 16, "9b197dd1e8c5609d6e67c3e37c62c72e"],
    ["sha256", "3705d96080c17728a0e800eab6e0d23c", "integrity", 16, "9fda0e56ab2d85e1569a688696c26a6c"],
    ["sha256", "3705d96080c17728a0e800eab6e0d23c", "checksum", 16, "b31a018a48f54776f403e9a396325dc3"],
    [
      "sha384",
      "6d404d37faf79f9df0d33568d320669800eb4836472ea8a026d16b7182460c52",
      "encryption",
      32,
      "56ab22bee63d82d7bc5227f6773f8ea7a5eb1c825160c38312980c442e5c7e49",
    ],
    [
      "sha384",
      "6d404d37faf79f9df0d33568d320669800eb4836472ea8a026d16b7182460c52",
      "integrity",
      24,
      "69b16514e3cd8e56b82010d5c73012b622c4d00ffc23ed1f",
    ],
  ] as const)("by HMAC-%s from %s for %s", (hash, key, part, length, expected) => {
    expect(deriveAesSha2Key(hash, hex(key), { usage: 2, part }, length)).toEqual(hex(expected));
  });

  it("by AES, each part and usage another", () => {
    const key = Buffer.from("chicken teriyaki");
    const keys = [1, 2].flatMap((usage) =>
      (["encryption", "integrity", "checksum"] as const).map((part) => deriveAesSha1Key(key, { usage, part })),
    );
    expect(new Set(keys.map((each) => each.toString("hex"))).size).toBe(6);
    expect(keys.every(({ length }) => length === 16)).toBe(true);
  });
});

describe("encryption gives what RFC 8009, A says", () => {
  it.each([
    [
      19,
      "3705d96080c17728a0e800eab6e0d23c",
      "7e5895eaf2672435bad817f545a37148",
      "",
      "ef85fb890bb8472f4dab20394dca781dad877eda39d50c870c0d5a0a8e48c718",
    ],
    [
      19,
      "3705d96080c17728a0e800eab6e0d23c",
      "7bca285e2fd4130fb55b1a5c83bc5b24",
      "000102030405",
      "84d7f30754ed987bab0bf3506beb09cfb55402cef7e6877ce99e247e52d16ed4421dfdf8976c",
    ],
    [
      20,
      "6d404d37faf79f9df0d33568d320669800eb4836472ea8a026d16b7182460c52",
      "f764e9fa15c276478b2c7d0c4e5f58e4",
      "",
      "41f53fa5bfe7026d91faf9be959195a058707273a96a40f0a01960621ac612748b9bbfbe7eb4ce3c",
    ],
  ])("type %i with %s", (type, key, confounder, plaintext, expected) => {
    expect(encrypt({ type, key: hex(key) }, 2, hex(plaintext), hex(confounder))).toEqual(hex(expected));
    expect(decrypt({ type, key: hex(key) }, 2, hex(expected))).toEqual(hex(plaintext));
  });

  it("knows another key, another usage, a changed octet and a cut one", () => {
    const key = { type: 18, key: Buffer.alloc(32, 1) };
    const text = encrypt(key, 1, Buffer.from("20260615120000Z"), Buffer.alloc(16, 9));
    expect(() => decrypt({ ...key, key: Buffer.alloc(32, 2) }, 1, text)).toThrow("with another key");
    expect(() => decrypt(key, 3, text)).toThrow("with another key");
    expect(() => decrypt(key, 1, Buffer.concat([text.subarray(0, -1), Buffer.from([0])]))).toThrow("another key");
    expect(() => decrypt(key, 1, text.subarray(0, 20))).toThrow("cut off");
    expect(() => encrypt({ type: 23, key: Buffer.alloc(16) }, 1, text, text)).toThrow("type 23 is not AES");
    expect(() => encrypt({ type: 17, key: Buffer.alloc(32) }, 1, text, text)).toThrow("not a valid key of type 17");
  });
});
