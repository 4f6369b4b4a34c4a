import { describe, expect, it } from "vitest";
import {
  derBitString,
  derBmpString,
  derInteger,
  derOctetString,
  derOid,
  derSequence,
  derTime,
} from "../../../../src/formats/x509/der-write.ts";
import { DerReader, Tag } from "../../../../src/formats/x509/der.ts";
import { FormatError } from "../../../../src/formats/format-error.ts";

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("DerReader", () => {
  it("walks through values", () => {
    const outer = new DerReader(hex("30 07 02 01 05 04 02 aa bb 05 00"));
    const inner = outer.enter();
    expect(inner.peek()).toBe(Tag.integer);
    expect(inner.integer()).toBe(5);
    expect(inner.optional(Tag.null)).toBeUndefined();
    expect(inner.read(Tag.octetString)).toMatchObject({
      tag: Tag.octetString,
      content: hex("aabb"),
      bytes: hex("0402aabb"),
    });
    expect(inner.atEnd).toBe(true);
    expect(inner.peek()).toBeUndefined();
    expect(outer.any().tag).toBe(Tag.null);
    outer.end();
  });

  it.for([
    ["30 80 02 01 05 00 00", "02 01 05"],
    ["30 80 30 80 00 00 30 03 02 01 05 00 00", "30 80 00 00 30 03 02 01 05"],
    ["30 81 03 02 01 05", "02 01 05"],
    ["30 84 00 00 00 03 02 01 05", "02 01 05"],
  ])("reads BER's lengths: %s", ([encoded = "", content = ""]) => {
    const reader = new DerReader(hex(encoded));
    expect(reader.any().content).toEqual(hex(content));
    reader.end();
  });

  it("puts BER's octet strings together", () => {
    expect(new DerReader(hex("24 80 04 01 aa 04 02 bb cc 00 00")).octetString()).toEqual(hex("aabbcc"));
  });

  it.for([
    ["", "a value is missing"],
    ["30", "it is cut off"],
    ["30 02 05", "it is cut off"],
    ["30 82 01", "it is cut off"],
    ["30 80 02 01 05", "it is cut off"],
    ["30 80 02 01 05 00", "it is cut off"],
    ["30 85 00 00 00 00 00", "a length is out of range"],
    ["30 84 ff ff ff ff", "it is cut off"],
    ["31 00", "a value has another type than expected"],
    ["30 00 00", "more follows after its end"],
    [`30${"80 30 ".repeat(40)}`, "it is nested too deeply"],
  ])("refuses %s", ([encoded = "", message]) => {
    const read = () => {
      const reader = new DerReader(hex(encoded));
      reader.read(Tag.sequence);
      reader.end();
    };
    expect(read).toThrow(FormatError);
    expect(read).toThrow(message);
  });

  it("keeps to the value that it is in", () => {
    const inner = new DerReader(hex("30 02 04 05 01 02 03 04 05")).enter();
    expect(() => inner.any()).toThrow("it is cut off");
  });

  it.for(["02 00", "02 05 01 00 00 00 00", "02 01 ff"])("takes %s for no small number", (encoded) => {
    expect(() => new DerReader(hex(encoded)).integer()).toThrow("a number is out of range");
  });
});

describe("DER writing", () => {
  it.for([
    [derInteger(0), "02 01 00"],
    [derInteger(127), "02 01 7f"],
    [derInteger(128), "02 02 00 80"],
    [derInteger(10_000), "02 02 27 10"],
    [derInteger(2 ** 40), "02 06 01 00 00 00 00 00"],
    [derInteger(hex("00 00 80 01")), "02 03 00 80 01"],
    [derOid("1.2.840.113549.1.12.10.1.3"), "06 0b 2a 86 48 86 f7 0d 01 0c 0a 01 03"],
    [derOid("2.16.840.1.113894.746875.1.1"), "06 0c 60 86 48 01 86 f9 66 ad ca 7b 01 01"],
    [derOid("2.999"), "06 02 88 37"],
    [derBitString(hex("a0"), 5), "03 02 05 a0"],
    [derBmpString("aä"), "1e 04 00 61 00 e4"],
    [derTime(new Date("2049-12-31T23:59:59.999Z")), `17 0d ${Buffer.from("491231235959Z").toString("hex")}`],
    [derTime(new Date("2050-01-01T00:00:00Z")), `18 0f ${Buffer.from("20500101000000Z").toString("hex")}`],
    [derTime(new Date("1949-01-01T00:00:00Z")), `18 0f ${Buffer.from("19490101000000Z").toString("hex")}`],
    [derSequence(), "30 00"],
  ] as const)("writes %s", ([written, expected]) => {
    expect(written).toEqual(hex(expected));
  });

  it.for([0, 127, 128, 255, 256, 65_535, 65_536])("writes a length of %d that is read back", (length) => {
    const { content } = new DerReader(derOctetString(Buffer.alloc(length, 1))).any();
    expect(content.length).toBe(length);
  });

  it.for(["1.2.840.113549.1.7.1", "2.5.29.37.0", "0.9.2342.19200300.100.1.25", "2.999.3", "1.3.6.1.4.1.42.2.17.1.1"])(
    "reads the OID %s back",
    (oid) => {
      expect(new DerReader(derOid(oid)).oid()).toBe(oid);
    },
  );
});
