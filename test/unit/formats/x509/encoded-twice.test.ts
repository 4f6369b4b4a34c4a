import { describe, expect, it } from "vitest";
import { refuseEncodedTwice } from "../../../../src/formats/x509/encoded-twice.ts";
import { material } from "../../../support/certificates.ts";

describe("refuseEncodedTwice", () => {
  it.each(["ec.crt", "ec.der", "ec.key", "ec.key.der", "ec.keystore.p12", "ec.keystore.jks", "kafka+hdfs.crt"])(
    "refuses base64 of %s, with and without line breaks",
    (name) => {
      const base64 = Buffer.from(material(name)).toString("base64");
      for (const text of [base64, `${base64}\n`, base64.replaceAll(/.{76}/g, "$&\n")]) {
        expect(() => refuseEncodedTwice(Buffer.from(text))).toThrow("the file is base64 of what should be in it");
      }
    },
  );

  it.each([
    ["what is not encoded", material("ec.crt")],
    ["what is encoded but something else", Buffer.from(Buffer.from("all work and no play").toString("base64"))],
    ["words", Buffer.from("TODO put the certificate here")],
    ["nothing", Buffer.alloc(0)],
  ])("lets %s pass", (_what, bytes) => {
    expect(() => refuseEncodedTwice(bytes)).not.toThrow();
  });
});
