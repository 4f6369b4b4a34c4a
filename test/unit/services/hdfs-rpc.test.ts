import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  connectionHeader,
  initiateRequest,
  negotiateRequest,
  readHadoopReply,
  SaslState,
} from "../../../src/services/hdfs/probe/rpc.ts";
import { delimited, ProtobufReader, writeFields, zigzag } from "../../../src/formats/protobuf.ts";
import { onlyFormatErrors } from "../../support/only-format-errors.ts";

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ""), "hex");

/** What NameNode 3.4.3 with Kerberos answers to NEGOTIATE; the call id is -33 as an unsigned number. */
function reply(...auths: readonly Uint8Array[]): Buffer {
  const header = Buffer.concat([hex("08 dfffffff0f"), writeFields([2, 0], [3, 9])]);
  return Buffer.concat([delimited(header), delimited(writeFields([2, 1], ...auths.map((auth) => [4, auth] as const)))]);
}

const kerberos = writeFields([1, Buffer.from("KERBEROS")], [2, Buffer.from("GSSAPI")], [3, Buffer.from("hdfs")]);

describe("Hadoop's RPC", () => {
  it("begins with its header, and asks for the ways there are", () => {
    expect(connectionHeader).toEqual(hex("68727063 09 00 df"));
    expect(negotiateRequest()).toEqual(hex("0000000e 0a 0802 1000 1841 2200 2801 02 1001"));
  });

  it("says whom it takes the server for when it begins Kerberos", () => {
    const request = initiateRequest({ method: "KERBEROS", protocol: "hdfs", serverId: "nn" }, Buffer.from("token"));
    expect(request.toString("latin1")).toContain('\n\x08KERBEROS\x12\x06GSSAPI\x1a\x04hdfs"\x02nn');
    expect(request.readInt32BE()).toBe(request.length - 4);
  });

  it("reads the ways", () => {
    const auth = Buffer.concat([kerberos, writeFields([4, Buffer.from("localhost")])]);
    expect(readHadoopReply(reply(auth, writeFields([1, Buffer.from("TOKEN")])))).toEqual({
      kind: "sasl",
      state: SaslState.negotiate,
      auths: [
        { method: "KERBEROS", protocol: "hdfs", serverId: "localhost" },
        { method: "TOKEN", protocol: "", serverId: "" },
      ],
    });
  });

  it("reads an exception", () => {
    const header = writeFields([2, 2], [4, Buffer.from("SaslException")], [5, Buffer.from("GSS initiate failed")]);
    expect(readHadoopReply(delimited(header))).toEqual({
      kind: "error",
      exception: "SaslException",
      message: "GSS initiate failed",
    });
  });

  it("fails in words when a reply is cut off or changed", () => {
    const whole = reply(kerberos);
    for (let length = 0; length < whole.length; length++) {
      expect(onlyFormatErrors(() => readHadoopReply(whole.subarray(0, length)))).toBeUndefined();
    }
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (index, octet) => {
        const read = onlyFormatErrors(() => readHadoopReply(Buffer.from(whole.with(index, octet))));
        expect(["sasl", "error", undefined]).toContain(read?.kind);
      }),
    );
  });
});

describe("protobuf", () => {
  it("reads back what it writes", () => {
    const field = fc.oneof(fc.nat(), fc.uint8Array({ maxLength: 300 }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), field, (number, value) => {
        const { numbers, bytes } = new ProtobufReader(delimited(writeFields([number, value]))).message();
        expect(typeof value === "number" ? numbers.get(number) : bytes.get(number)?.[0]).toEqual(
          typeof value === "number" ? value : Buffer.from(value),
        );
      }),
    );
  });

  it.each([
    [0, 0],
    [-1, 1],
    [1, 2],
    [-33, 65],
  ])("writes sint32 %i as %i", (value, expected) => {
    expect(zigzag(value)).toBe(expected);
  });
});
