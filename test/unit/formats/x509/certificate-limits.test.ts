import { expect, it } from "vitest";
import { FormatError } from "../../../../src/formats/format-error.ts";
import { parseCertificate } from "../../../../src/formats/x509/certificate.ts";
import { acceptedCertificates, refusedCertificates } from "../../../support/certificate-der.ts";

it.for(Object.entries(acceptedCertificates))("reads, as Java does: %s", ([, made]) => {
  expect(parseCertificate(made).subject).not.toBe("");
});

it.for(Object.entries(refusedCertificates))("refuses, as Java does: %s", ([message, made]) => {
  expect(() => parseCertificate(made)).toThrow(FormatError);
  expect(() => parseCertificate(made)).toThrow(message);
});
