import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timestampToEncrypt, writeAsRequest } from "../../../../src/formats/kerberos/as-req.ts";
import { authenticatorToEncrypt, writeGssToken } from "../../../../src/formats/kerberos/gss-token.ts";
import { readKdcReply, readTicketFacts } from "../../../../src/formats/kerberos/kdc-reply.ts";
import { splitPrincipal } from "../../../../src/formats/kerberos/message-parts.ts";
import { asRep, encAsRepPart, krbError } from "../../../support/kdc-replies.ts";
import { onlyFormatErrors } from "../../../support/only-format-errors.ts";

const hex = (text: string) => text.replaceAll(/\s/g, "");

it("writes an AS-REQ as RFC 4120 has it", () => {
  const request = writeAsRequest({
    client: "flink",
    realm: "CORP",
    service: "krbtgt/CORP",
    encryptionTypes: [18, 17],
    until: new Date("2026-06-15T12:00:00Z"),
    nonce: 0x1020304,
  });
  expect(request.toString("hex")).toBe(
    hex(`6a75 3073 a103 020105 a203 02010a a467 3065
      a007 0305 0000000000
      a112 3010 a003 020101 a109 3007 1b05 666c696e6b
      a206 1b04 434f5250
      a319 3017 a003 020102 a110 300e 1b06 6b7262746774 1b04 434f5250
      a511 180f 32303236303631353132303030305a
      a706 0204 01020304
      a808 3006 020112 020111`),
  );
});

it("puts the encrypted timestamp in front, and a host's name into a service", () => {
  const request = writeAsRequest({
    client: "flink",
    realm: "CORP",
    service: "kafka/broker.corp",
    encryptionTypes: [18],
    until: new Date(0),
    nonce: 1,
    timestamp: { type: 18, text: Buffer.from("secret") },
  });
  expect(request.toString("hex")).toContain(
    hex("a31e 301c 301a a103 020102 a213 0411 300f a003 020112 a208 0406 736563726574"),
  );
  expect(request.toString("hex")).toContain(
    hex("a31f 301d a003 020103 a116 3014 1b05 6b61666b61 1b0b 62726f6b65722e636f7270"),
  );
  expect(timestampToEncrypt(new Date("2026-06-15T12:00:00.250Z")).toString("hex")).toBe(
    hex("301a a011 180f 32303236303631353132303030305a a105 0203 03d090"),
  );
});

describe("readKdcReply", () => {
  it("reads a ticket without opening it", () => {
    const reply = readKdcReply(asRep({ kvno: 7, type: 18 }));
    expect(reply).toMatchObject({ kind: "ticket", serviceKvno: 7, encrypted: { type: 18, kvno: undefined } });
  });

  it("reads an error with the KDC's time, and the types it wants to see", () => {
    expect(readKdcReply(krbError({ code: 25, types: [18, 17, -133] }))).toEqual({
      kind: "error",
      code: 25,
      time: new Date("2026-06-15T12:00:00Z"),
      text: "NEEDED_PREAUTH",
      encryptionTypes: [18, 17, -133],
    });
    expect(readKdcReply(krbError({ code: 6 }))).toMatchObject({ code: 6, encryptionTypes: [] });
  });

  it.each([
    ["nothing", ""],
    ["HTTP", "HTTP/1.1 400 Bad Request"],
    ["another message", "\x6a\x02\x30\x00"],
  ])("takes %s for no answer of a KDC", (_what, text) => {
    expect(() => readKdcReply(Buffer.from(text, "latin1"))).toThrow("the server did not answer with Kerberos");
  });

  it.each([asRep({ kvno: 1, type: 18 }), krbError({ code: 25, types: [18] })])(
    "fails in words when cut off",
    (whole) => {
      for (let length = 0; length < whole.length; length++) {
        expect(onlyFormatErrors(() => readKdcReply(whole.subarray(0, length)))).toBeUndefined();
      }
    },
  );

  it("fails in words, if at all, when an octet has changed", () => {
    const whole = asRep({ kvno: 1, type: 18 });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (index, octet) => {
        const reply = onlyFormatErrors(() => readKdcReply(Buffer.from(whole.with(index, octet))));
        expect(["ticket", undefined]).toContain(reply?.kind);
      }),
    );
  });
});

it.each([0x79, 0x7a])("reads what was encrypted for the client, with tag %i", (tag) => {
  expect(readTicketFacts(encAsRepPart(tag))).toEqual({
    sessionKey: { type: 18, key: Buffer.alloc(32, 3) },
    nonce: 42,
    given: new Date("2026-06-15T12:00:00Z"),
    expires: new Date("2026-06-15T22:00:00Z"),
    renewableUntil: undefined,
  });
});

it("presents a ticket by GSS-API with mutual authentication", () => {
  const token = writeGssToken(Buffer.from("ticket"), { type: 18, text: Buffer.from("sealed") }).toString("hex");
  expect(token).toMatch(/^60..06092a864886f7120102020100 ?6e/);
  expect(token).toContain(hex("a207 0305 0020000000"));
  const now = new Date("2026-06-15T12:00:00Z");
  const authenticator = authenticatorToEncrypt({ client: "flink", realm: "CORP", now, sequenceNumber: 5 });
  expect(authenticator.toString("hex")).toContain(
    hex(`a325 3023 a005 0203 008003 a11a 0418 10000000 ${"00".repeat(16)} 3e000000`),
  );
});

it.each([
  ["flink@CORP", { name: "flink", realm: "CORP" }],
  ["kafka/host@CORP.EXAMPLE", { name: "kafka/host", realm: "CORP.EXAMPLE" }],
])("splits %s", (principal, parts) => {
  expect(splitPrincipal(principal)).toEqual(parts);
});
