import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { certificateDetails, readCertificates } from "../../src/formats/x509/certificate.ts";
import { DerReader } from "../../src/formats/x509/der.ts";
import { parseName, writeName } from "../../src/formats/x509/distinguished-name.ts";
import { parsePem, writePem } from "../../src/formats/x509/pem.ts";
import { readPrivateKey } from "../../src/formats/x509/private-key.ts";
import { material } from "../support/certificates.ts";
import { onlyFormatErrors } from "../support/only-format-errors.ts";
import { keyPassword } from "../support/planted.ts";

const text = fc.string({ unit: "binary", maxLength: 40 });
const label = fc.constantFrom("CERTIFICATE", "PRIVATE KEY", "X");
const octets = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((array) => Buffer.from(array));

describe("PEM", () => {
  /** Text that may stand around blocks: whatever looks like a boundary may not. */
  const around = text.filter((line) => !/BEGIN |END /.test(line)).map((line) => `${line}\n`);

  it("is read as it was written, whatever stands around it and however its lines end", () => {
    const blocks = fc.array(fc.record({ label, bytes: octets }), { maxLength: 4 });
    fc.assert(
      fc.property(blocks, around, fc.constantFrom("\n", "\r\n", " \n", "\n  "), (written, noise, lineEnd) => {
        const file = written.map((block) => noise + writePem(block.label, block.bytes)).join("") + noise;
        const read = parsePem(file.replaceAll("\n", lineEnd));
        expect(read.map((block) => ({ label: block.label, bytes: block.bytes }))).toEqual(written);
      }),
    );
  });

  it("counts lines", () => {
    fc.assert(
      fc.property(fc.array(around, { maxLength: 5 }), (noise) => {
        const before = noise.join("");
        const [block] = parsePem(before + writePem("X", Buffer.of(1)));
        expect(block?.line()).toBe(before.split("\n").length);
      }),
    );
  });
});

describe("a name", () => {
  /** RFC 4514, 3, backwards. */
  function unescape(value: string): string {
    const parts = value.match(/\\[0-9a-f]{2}|\\.|[^\\]/gsu) ?? [];
    const decode = (part: string) =>
      /^\\[0-9a-f]{2}$/.test(part) ? Buffer.from(part.slice(1), "hex") : Buffer.from(part.replace(/^\\/, ""));
    return Buffer.concat(parts.map(decode)).toString();
  }

  it("stays on its line and can be read back", () => {
    fc.assert(
      fc.property(text, fc.string({ maxLength: 10 }), (CN, O) => {
        const name = parseName(new DerReader(writeName({ CN, O })).any());
        expect(name.text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(name.commonName).toBe(CN);
        const [, first = "", second = ""] = /^CN=((?:\\.|[^\\,])*),O=((?:\\.|[^\\,])*)$/su.exec(name.text) ?? [];
        expect([unescape(first), unescape(second)]).toEqual([CN, O]);
      }),
      { numRuns: 500 },
    );
  });
});

describe("what is damaged is refused, and nothing else happens", () => {
  const readers = {
    certificates: (file: Uint8Array) => readCertificates(file).map(certificateDetails),
    "a private key": (file: Uint8Array) => readPrivateKey(file, keyPassword),
    PEM: (file: Uint8Array) => parsePem(Buffer.from(file).toString("latin1")),
    "values of DER": (file: Uint8Array) => {
      const reader = new DerReader(file);
      while (!reader.atEnd) reader.any();
    },
  };

  it.for(Object.entries(readers))("random octets for %s", ([, read]) => {
    const heads = fc.constantFrom("", "0\u0082\u0001\u0000", "-----BEGIN CERTIFICATE-----\n");
    const property = fc.property(octets, heads, (file, head) => {
      onlyFormatErrors(() => read(Buffer.concat([Buffer.from(head, "latin1"), file])));
    });
    expect(() => fc.assert(property, { numRuns: 500 })).not.toThrow();
  });

  const files = [
    "pod.crt",
    "rsa.der",
    "ca+kafka.p7c",
    "ec.key",
    "rsa.pkcs1.key",
    "ec.sec1.key",
    "ec.encrypted.key",
    "rsa.key.der",
  ];

  it.for(files)("octets of %s changed", (name) => {
    const file = material(name);
    const change = fc.record({ at: fc.nat(file.length - 1), octet: fc.nat(255) });
    const property = fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const changed = Buffer.from(file);
      for (const { at, octet } of changes) changed[at] = octet;
      onlyFormatErrors(() => readers.certificates(changed));
      onlyFormatErrors(() => readers["a private key"](changed));
    });
    expect(() => fc.assert(property, { numRuns: 300 })).not.toThrow();
  });

  it.for(["pod.crt", "rsa.der", "ca+kafka.p7c"])("%s cut off anywhere", (name) => {
    const file = Buffer.from(material(name));
    const whole = file.toString("latin1").trimEnd().length;
    for (let length = 0; length < whole; length += 1) {
      expect(onlyFormatErrors(() => readCertificates(file.subarray(0, length)))).toBeUndefined();
    }
  });
});
