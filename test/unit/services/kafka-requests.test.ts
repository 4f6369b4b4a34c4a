import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  apiVersionsRequest,
  readApiVersionsReply,
  readSaslAuthenticateReply,
  readSaslHandshakeReply,
  replyBody,
  saslAuthenticateRequest,
  saslHandshakeRequest,
} from "../../../src/services/kafka/probe/requests.ts";
import { onlyFormatErrors } from "../../support/only-format-errors.ts";

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ""), "hex");
const client = `000c ${Buffer.from("sluice-check").toString("hex")}`;

describe("Kafka's requests", () => {
  it.each([
    ["ApiVersions 0", apiVersionsRequest(1), `00000016 0012 0000 00000001 ${client}`],
    ["SaslHandshake 1", saslHandshakeRequest(2, "PLAIN"), `0000001d 0011 0001 00000002 ${client} 0005 504c41494e`],
    [
      "SaslAuthenticate 0",
      saslAuthenticateRequest(3, Buffer.from("ab")),
      `0000001c 0024 0000 00000003 ${client} 00000002 6162`,
    ],
  ])("%s", (_name, request, expected) => {
    expect(request).toEqual(hex(expected));
  });
});

describe("Kafka's replies", () => {
  it("tell the mechanisms", () => {
    const body = replyBody(hex("00000002 0021 00000002 0006 475353415049 0005 504c41494e"), 2);
    expect(readSaslHandshakeReply(body)).toEqual({ error: 33, mechanisms: ["GSSAPI", "PLAIN"] });
  });

  it("tell why a login failed, or give a token", () => {
    expect(readSaslAuthenticateReply(replyBody(hex("00000003 003a 0002 6e6f 00000000"), 3))).toEqual({
      error: 58,
      message: "no",
      token: Buffer.alloc(0),
    });
    expect(readSaslAuthenticateReply(replyBody(hex("00000003 0000 ffff 00000001 07"), 3))).toEqual({
      error: 0,
      message: undefined,
      token: Buffer.from([7]),
    });
  });

  it("are not those of another request, nor anything else", () => {
    expect(() => replyBody(hex("00000009 0000"), 1)).toThrow("did not answer as a Kafka broker");
    expect(readApiVersionsReply(replyBody(hex("00000001 0000 00000000"), 1))).toEqual({ error: 0, apis: 0 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        for (const read of [readApiVersionsReply, readSaslHandshakeReply, readSaslAuthenticateReply]) {
          expect(onlyFormatErrors(() => read(replyBody(bytes, 0))) ?? {}).toBeTypeOf("object");
        }
      }),
    );
  });
});
