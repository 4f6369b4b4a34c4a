import type { Finding } from "../../core/findings/findings.ts";
import type { Krb5Relation, Krb5Section } from "../../formats/kerberos/krb5-conf.ts";
import { kerberosProblems } from "../../keytabs/problems.ts";
import { javaEncryptionTypes } from "./encryption-types.ts";
import { krb5ValueOf } from "./krb5-value.ts";

const { problem } = kerberosProblems;

type Check = (name: string, value: string) => { readonly text: string; readonly hint: string } | undefined;

/**
 * Describes what Java does with the values that it reads from a krb5.conf (sun.security.krb5.Config and KdcComm, Java 11 to 25). Those
 * that its login fails on are problems; those that it passes over in silence are warnings.
 */
export function javaValues(where: readonly string[], sections: readonly Krb5Section[]): readonly Finding[] {
  const value = (name: string) => krb5ValueOf(sections, "libdefaults", name);
  const found = (names: readonly string[], check: Check) =>
    names.flatMap((name) => {
      const read = value(name);
      const finding = read === undefined || comment.test(read) ? undefined : check(name, read);
      return finding === undefined ? [] : [finding];
    });
  const failing = (code: Parameters<typeof problem>[0], names: readonly string[], check: Check): readonly Finding[] =>
    found(names, check).map(({ text, hint }) => problem(code, where, text, hint));
  const ignored = (names: readonly string[], check: Check): readonly Finding[] =>
    found(names, check).map(({ text, hint }): Finding => ({ level: "warning", where, text, hint }));
  return [
    ...commented(where, sections),
    ...failing("bad-duration", ["ticket_lifetime", "renew_lifetime"], duration),
    ...failing("bad-enctypes", typeLists(value), encryptionTypes),
    ...kdcs(sections).flatMap(({ realm, kdc }) => badKdc(where, realm, kdc)),
    ...ignored(["kdc_timeout"], (name, read) => number(name, read, /^\d+s?$/)),
    ...ignored(["max_retries", "udp_preference_limit", "clockskew"], (name, read) => number(name, read, /^\d+$/)),
    ...ignored([...booleans], boolean),
  ];
}

/** `permitted_enctypes` stands in for the other two (Config.defaultEtype). */
function typeLists(value: (name: string) => string | undefined): readonly string[] {
  const own = ["default_tkt_enctypes", "default_tgs_enctypes"];
  return own.every((name) => value(name) !== undefined) ? own : [...own, "permitted_enctypes"];
}

const booleans = [
  "dns_lookup_kdc",
  "dns_lookup_realm",
  "dns_fallback",
  "allow_weak_crypto",
  "forwardable",
  "proxiable",
];

/** `7d`, `24h`, `1d2h3m4s`, `10:00`, `10:00:00` or seconds (sun.security.krb5.Config.duration). */
function duration(name: string, value: string): ReturnType<Check> {
  const isNumber = /^\d{1,10}$/.test(value) && Number(value) <= 2_147_483_647;
  const isClock = /^\d{1,9}:[0-5]?\d(?::[0-5]?\d)?$/.test(value);
  const isUnits = /^(?=.)(?:\d{1,9}d)?\s*(?:\d{1,9}h)?\s*(?:\d{1,9}m)?\s*(?:\d{1,9}s?)?$/i.test(value);
  if (isNumber || isClock || isUnits) return undefined;
  const text = `${name} = ${value || '""'} is not a duration that Java reads: its login fails`;
  return { text, hint: "write it as 24h or 7d" };
}

function encryptionTypes(name: string, value: string): ReturnType<Check> {
  if (javaEncryptionTypes(value).length > 0) return undefined;
  const text = `${name} = ${value || '""'} has no type that Java uses: it gets no tickets`;
  return { text, hint: "write aes256-cts-hmac-sha1-96 aes128-cts-hmac-sha1-96, or leave it out" };
}

function number(name: string, value: string, shape: RegExp): ReturnType<Check> {
  if (shape.test(value)) return undefined;
  return { text: `${name} = ${value || '""'} is not a number, and Java ignores it`, hint: "write a whole number" };
}

function boolean(name: string, value: string): ReturnType<Check> {
  if (/^(true|yes|false|no)$/i.test(value)) return undefined;
  return { text: `${name} = ${value || '""'} is not a boolean, and Java ignores it`, hint: "write true or false" };
}

function kdcs(sections: readonly Krb5Section[]): readonly { readonly realm: string; readonly kdc: string }[] {
  const realms = sections.filter(({ name }) => name === "realms").flatMap(({ relations }) => relations);
  return realms.flatMap(({ name: realm, value }) =>
    typeof value === "string" ? [] : value.flatMap((each) => kdcsOf(each).map((kdc) => ({ realm, kdc }))),
  );
}

/** Java takes blanks for separators. */
function kdcsOf({ name, value }: Krb5Relation): readonly string[] {
  if (name !== "kdc" || typeof value !== "string" || comment.test(value)) return [];
  return value === "" ? [""] : value.split(/\s+/);
}

function badKdc(where: readonly string[], realm: string, kdc: string): readonly Finding[] {
  if (/^(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/.test(kdc) && Number(/:(\d+)$/.exec(kdc)?.[1] ?? 88) <= 65_535)
    return [];
  const text = `kdc = ${kdc || '""'} of ${realm} is not host or host:port: Java does not find the KDC`;
  const hint = kdc.startsWith("tcp/")
    ? `write kdc = ${kdc.slice(4)}, and udp_preference_limit = 1 in [libdefaults]`
    : "write it as host or host:88; Java has no KDC proxy";
  return [problem("bad-kdc", where, text, hint)];
}

const comment = /(?:^|\s)[#;]/;

/** What Java reads, and so reads with what stands behind it. */
const read: ReadonlySet<string> = new Set([
  "default_realm",
  "kdc",
  "ticket_lifetime",
  "renew_lifetime",
  "udp_preference_limit",
  "kdc_timeout",
  "max_retries",
  "permitted_enctypes",
  "default_tkt_enctypes",
  "default_tgs_enctypes",
  "clockskew",
  ...booleans,
]);

function commented(where: readonly string[], sections: readonly Krb5Section[]): readonly Finding[] {
  const all = (relations: readonly Krb5Relation[]): readonly Krb5Relation[] =>
    relations.flatMap((each) => (typeof each.value === "string" ? [each] : all(each.value)));
  return all(sections.flatMap(({ relations }) => relations))
    .filter(({ name, value }) => read.has(name) && typeof value === "string" && comment.test(value))
    .map(({ name }) => {
      const text = `${name} has a comment behind its value, which Kerberos takes for a part of the value`;
      return problem("comment-in-value", where, text, "put the comment into its own line");
    });
}
