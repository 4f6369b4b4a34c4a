import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { encryptionTypeName, readKeytab } from "../../../../src/formats/kerberos/keytab.ts";
import { writeKeytab } from "../../../support/keytabs.ts";

const keytab = writeKeytab([{ principal: "kafka/host@CORP", kvno: 300, encryptionType: 18, hole: 5, written: 60 }]);

describe("readKeytab", () => {
  it("names the keys, and keeps none", () => {
    const entries = readKeytab(keytab);
    expect(entries).toEqual([
      {
        principal: "kafka/host@CORP",
        realm: "CORP",
        kvno: 300,
        encryptionType: 18,
        keySize: 32,
        written: new Date(60_000),
      },
    ]);
    expect(inspect(entries, { depth: null })).not.toMatch(/Uint8Array|Buffer/);
  });

  it("stops at an entry of size 0", () => {
    expect(readKeytab(Buffer.concat([keytab, Buffer.alloc(4), Buffer.from("junk")]))).toHaveLength(1);
  });

  it.each([
    ["nothing", Buffer.alloc(0), "this is not a keytab"],
    ["text", Buffer.from("hello"), "this is not a keytab"],
    ["version 1", Buffer.from([5, 1, 0, 0]), "a keytab of version 1, which Java does not read"],
    ["one that is cut off", keytab.subarray(0, 40), "the keytab ends after 40 bytes, in the middle of an entry"],
    [
      "an entry that is too short",
      Buffer.from([5, 2, 0, 0, 0, 2, 0, 9]),
      "an entry of the keytab is shorter than its length field",
    ],
  ])("refuses %s", (_what, bytes, message) => {
    expect(() => readKeytab(bytes)).toThrow(message);
  });
});

it.each([
  [18, "aes256-cts-hmac-sha1-96"],
  [23, "rc4-hmac"],
  [99, "encryption type 99"],
])("encryption type %i is %s", (type, name) => {
  expect(encryptionTypeName(type)).toBe(name);
});
