import { expect, it } from "vitest";
import { checkJson, printCheck } from "../../../src/core/findings/print-check.ts";

const problem = { code: "kdc/refused", where: ["KERBEROS_KDC", "kdc:88"], text: "no\u001b[2J", hint: "start it" };
const warning = { level: "warning", where: ["host"], text: "odd", hint: "mend it" } as const;
const checked = [
  { what: "the KDCs of CORP", milliseconds: 12 },
  { what: "Kafka at kafka:9092", milliseconds: 30 },
];

it("prints what is well, what is odd, what is wrong, and sums up", () => {
  const notices = [{ level: "info", where: ["host"], text: "fine" } as const, warning];
  expect(printCheck({ checked, milliseconds: 1449, problems: [problem], notices })).toBe(`host: fine
warning: host: odd
hint: mend it
error: KERBEROS_KDC: kdc:88: no\\u001b[2J
hint: start it [kdc/refused]
1 error, 1 warning; 2 checks in 1.4 s; nothing was written
`);
});

it("has no errors where there are none", () => {
  expect(printCheck({ checked: [], milliseconds: 0, problems: [], notices: [] })).toBe(
    "no errors; no checks in 0.0 s; nothing was written\n",
  );
});

it("says the same as JSON", () => {
  expect(JSON.parse(checkJson({ checked, milliseconds: 5, problems: [problem], notices: [warning] }))).toEqual({
    version: 1,
    ok: false,
    milliseconds: 5,
    checked,
    problems: [problem],
    notices: [warning],
  });
});
