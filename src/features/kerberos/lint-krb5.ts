import type { Finding } from "../../core/findings.ts";
import type { Krb5Relation, Krb5Section } from "../../formats/kerberos/krb5-conf.ts";
import { kerberosProblems } from "../../kerberos/problems.ts";

/** The first value of a relation, as MIT takes it. */
export function krb5ValueOf(
  sections: readonly Krb5Section[],
  ...path: readonly [string, ...string[]]
): string | undefined {
  const [section, ...names] = path;
  const found = names.reduce<readonly Krb5Relation[]>(
    (relations, name) =>
      relations.flatMap((each) => {
        if (each.name !== name) return [];
        return typeof each.value === "string" ? [each] : each.value;
      }),
    sections.filter(({ name }) => name === section).flatMap(({ relations }) => relations),
  );
  const value = found.find(({ name }) => name === names.at(-1))?.value;
  return typeof value === "string" ? value : undefined;
}

/** What a mounted krb5.conf leaves to chance, or to defaults that hang. */
export function lintKrb5(
  where: readonly string[],
  sections: readonly Krb5Section[],
  realm: string,
): readonly Finding[] {
  return [...kdcOf(where, sections, realm), ...encryptionTypes(where, sections), ...timing(where, sections)];
}

function isOff(value: string | undefined): boolean {
  return /^(false|no|off|n|f|nil|0)$/i.test(value ?? "");
}

function kdcOf(where: readonly string[], sections: readonly Krb5Section[], realm: string): readonly Finding[] {
  if (krb5ValueOf(sections, "realms", realm, "kdc") !== undefined) return [];
  const text = `[realms] has no kdc for ${realm}`;
  const hint = `add ${realm} = { kdc = HOST } to [realms]`;
  if (isOff(krb5ValueOf(sections, "libdefaults", "dns_lookup_kdc"))) {
    return [kerberosProblems.problem("no-kdc", where, `${text}, and dns_lookup_kdc is off`, hint)];
  }
  return [{ level: "warning", where, text: `${text}, so that it is left to DNS`, hint }];
}

function encryptionTypes(where: readonly string[], sections: readonly Krb5Section[]): readonly Finding[] {
  return ["permitted_enctypes", "default_tkt_enctypes", "default_tgs_enctypes"].flatMap((name): Finding[] => {
    const value = krb5ValueOf(sections, "libdefaults", name);
    if (value === undefined || /aes|DEFAULT/i.test(value)) return [];
    const text = `${name} has no AES: ${value}`;
    return [{ level: "warning", where, text, hint: "add aes256-cts aes128-cts: Java 17 and newer refuse RC4 and DES" }];
  });
}

/** Java waits three times for 30 s by itself. Its numbers are milliseconds, MIT's are seconds (sun.security.krb5.KdcComm). */
function timing(where: readonly string[], sections: readonly Krb5Section[]): readonly Finding[] {
  const timeout = krb5ValueOf(sections, "libdefaults", "kdc_timeout");
  const findings: Finding[] = [];
  if (timeout === undefined) {
    const text = "there is no kdc_timeout: a KDC that does not answer holds the start up for 90 s";
    findings.push({ level: "warning", where, text, hint: "add kdc_timeout = 3s and max_retries = 1 to [libdefaults]" });
  } else if (/^\d+$/.test(timeout)) {
    const text = `kdc_timeout = ${timeout} is milliseconds to Java and seconds to MIT`;
    findings.push({ level: "warning", where, text, hint: "write it with its unit, such as 3s" });
  }
  if (krb5ValueOf(sections, "libdefaults", "udp_preference_limit") !== "1") {
    const text = "Java asks over UDP first";
    findings.push({ level: "warning", where, text, hint: "add udp_preference_limit = 1 to [libdefaults]" });
  }
  return findings;
}
