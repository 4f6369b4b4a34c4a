import { expect, it } from "vitest";
import { kdcError } from "../../../src/preflight/kerberos/kdc-errors.ts";

const asked = { where: ["KERBEROS_KEYTAB", "/keytab"], principal: "flink@CORP", kvno: 3, types: "aes256-cts" };

it.each([
  [1, "kdc/client-expired", "extend it"],
  [6, "kdc/client-unknown", "upper and lower case"],
  [7, "kdc/service-unknown", ""],
  [14, "kdc/no-common-type", "cpw -randkey -e aes256-cts"],
  [18, "kdc/client-locked", "unlock it"],
  [23, "kdc/key-expired", "ktadd"],
  [24, "kdc/wrong-key", "ktadd"],
  [37, "kdc/clock-skew", "NTP"],
  [68, "kdc/wrong-realm", "KERBEROS_KDC"],
  [12, "kdc/other-error", "RFC 4120, section 7.5.9"],
])("error %i is %s", (number, code, hint) => {
  const reply = { kind: "error", code: number, time: new Date(0), text: "SAID", encryptionTypes: [] } as const;
  const problem = kdcError(reply, asked);
  expect(problem.code).toBe(code);
  expect(problem.hint).toContain(hint);
  expect(problem.where).toEqual(asked.where);
});
