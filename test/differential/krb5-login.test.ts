import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { kerberos } from "../../src/services/kerberos/index.ts";
import { writeKeytab } from "../support/keytabs.ts";
import { openText } from "../support/open-text.ts";
import { planFeature } from "../support/plan-feature.ts";
import { orSkip } from "../support/jdks.ts";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";

const isFull = process.env["SLUICE_TEST_FULL"] === "1";
const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

/** Values as people write them, right and wrong, for each name that Java reads. */
const values: Readonly<Record<string, readonly string[]>> = {
  ticket_lifetime: [
    "24h",
    "86400",
    "1d",
    "10:00",
    "10:00:00",
    "1d2h3m4s",
    "1d 2h",
    "24h #",
    "7 days",
    "",
    "99999999999",
    "1w",
    '"24h"',
  ],
  renew_lifetime: ["7d", "604800s", "7 days", "0", "-1", "7D"],
  default_tkt_enctypes: [
    "aes256-cts",
    "aes128-cts,aes256-cts",
    "aes",
    "rc4-hmac",
    "DEFAULT",
    "aes256-sha2",
    "AES256-CTS-HMAC-SHA1-96",
    "18",
  ],
  permitted_enctypes: [
    "aes256-cts-hmac-sha1-96 aes128-cts",
    "aes256-sha2 aes128-sha2",
    "camellia256-cts",
    "aes rc4",
    "",
    '"aes256-cts"',
  ],
  default_tgs_enctypes: ["aes256-cts", "aes128-cts-hmac-sha1-96"],
  forwardable: ["true", "no", "maybe", "true # x"],
  max_retries: ["1", "2", "few"],
  clockskew: ["300", "5m"],
  default_ccache_name: ["KEYRING:persistent:%{uid}", "FILE:/tmp/krb5cc"],
  note: ["größe", "x # y", ""],
};
const kdcs = [
  "127.0.0.1:1",
  "localhost:1",
  "[::1]:1",
  "127.0.0.1:1 127.0.0.1:2",
  "tcp/127.0.0.1:1",
  "https://127.0.0.1:1",
  "",
  "127.0.0.1:99999",
  "127.0.0.1:1 # x",
];
const keyTypes = [[17, 18], [18], [19, 20], [23, 18]];

const relation = fc
  .constantFrom(...Object.keys(values))
  .chain((name) => fc.tuple(fc.constant(name), fc.constantFrom(...(values[name] ?? []))));
const setups = fc.sample(
  fc.record({
    relations: fc.array(relation, { maxLength: 3 }),
    kdc: fc.oneof(
      { weight: 3, arbitrary: fc.constant("127.0.0.1:1") },
      { weight: 1, arbitrary: fc.constantFrom(...kdcs) },
    ),
    realm: fc.oneof(
      { weight: 5, arbitrary: fc.constant("CORP.EXAMPLE") },
      { weight: 1, arbitrary: fc.constant("LAB.EXAMPLE") },
    ),
    types: fc.constantFrom(...keyTypes),
    head: fc.constantFrom("[libdefaults]", "\ufeff[libdefaults]", "[libdefaults]*", "# x\n[ libdefaults ]"),
  }),
  { seed: 7, numRuns: isFull ? 3000 : 250 },
);

const principal = "flink@CORP.EXAMPLE";
const cases = setups.map(({ relations, kdc, realm, types, head }, index) => {
  // A KDC that does not answer must not hold the test up.
  const own = [
    ["default_realm", realm],
    ["kdc_timeout", "1s"],
    // Java says only "null" of a UDP port that nobody listens on.
    ["udp_preference_limit", "1"],
    ["dns_lookup_kdc", "false"],
    ...relations,
  ]
    .map((each) => ` ${each.join(" = ")}\n`)
    .join("");
  const text = `${head}\n${own}[realms]\n ${realm} = {\n  kdc = ${kdc}\n }\n`;
  const keytab = writeKeytab(types.map((encryptionType) => ({ principal, kvno: 3, encryptionType })));
  const environment = { KERBEROS_ENABLED: "true", KERBEROS_KRB5_CONF: "/krb5.conf" };
  const planned = planFeature(kerberos, {
    environment,
    files: { "/krb5.conf": text, "/certs/kerberos/krb5.keytab": keytab },
  });
  const content = planned.contribution.files?.find(({ path }) => path.endsWith("krb5.conf"))?.content;
  mkdirSync(folder.at(`${index}`));
  writeFileSync(folder.at(`${index}`, "krb5.keytab"), keytab);
  writeFileSync(folder.at(`${index}`, "mounted.conf"), text);
  if (content?.kind === "text") writeFileSync(folder.at(`${index}`, "krb5.conf"), openText(content.text));
  return { index, text, problems: planned.problemLines };
});

/** Has one JVM log in with each file. */
async function logins(tasks: readonly { readonly index: number; readonly file: string }[]): Promise<readonly string[]> {
  const source = join(import.meta.dirname, "../support/java/Krb5Logins.java");
  const exports = ["--add-exports", "java.security.jgss/sun.security.krb5=ALL-UNNAMED"];
  const input = tasks.map(({ index, file }) =>
    [folder.at(`${index}`, "krb5.keytab"), principal, folder.at(`${index}`, file)].join("\t"),
  );
  const { stdout } = await execa("java", [...exports, source], {
    input: `${input.join("\n")}\n`,
    env: { LC_ALL: "C.UTF-8" },
  });
  return stdout.split("\n");
}

const accepted = cases.filter(({ problems }) => problems.length === 0);
const refused = cases.filter(({ problems }) => problems.length > 0);
const tasks = [
  ...accepted.map(({ index }) => ({ index, file: "krb5.conf" })),
  ...refused.map(({ index }) => ({ index, file: "mounted.conf" })),
];
const answers = await orSkip("a JVM's logins", () => logins(tasks));

/** Refused though this login gets to the KDC: what the file says is not what Java does, or does later. */
const reasons = [
  // Java ignores a flag or number with a comment behind it, and asks another port.
  "kerberos/comment-in-value",
  // Where default_tkt_enctypes is set, only tickets for services need the other list.
  "kerberos/bad-enctypes KERBEROS_KRB5_CONF: /krb5.conf: permitted_enctypes",
];

describe.runIf(answers !== undefined)("Java's login", () => {
  it(`gets to the KDC with each krb5.conf that is accepted`, () => {
    const wrong = accepted
      .map(({ text }, at) => ({ text, said: answers?.[at] ?? "" }))
      .filter(({ said }) => said !== "Connection refused");
    expect(accepted.length).toBeGreaterThan(setups.length / 4);
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  it("fails with each that is refused, but for the listed reasons", () => {
    const all = refused.map(({ text, problems }, at) => ({
      text,
      problems,
      said: answers?.[accepted.length + at] ?? "",
    }));
    const wrong = all.filter(
      ({ said, problems }) =>
        said === "Connection refused" && !problems.some((line) => reasons.some((reason) => line.includes(reason))),
    );
    expect(refused.length).toBeGreaterThan(setups.length / 10);
    expect(wrong.slice(0, 3)).toEqual([]);
  });
});
