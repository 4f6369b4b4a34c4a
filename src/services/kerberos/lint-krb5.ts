import type { Finding } from "../../core/findings/findings.ts";
import type { Krb5Section } from "../../formats/kerberos/krb5-conf.ts";
import { kerberosProblems } from "../../keytabs/problems.ts";
import { javaValues } from "./java-values.ts";
import { krb5ValueOf } from "./krb5-value.ts";

/** What a mounted krb5.conf leaves to chance, or to defaults that hang. */
export function lintKrb5(
  where: readonly string[],
  sections: readonly Krb5Section[],
  realm: string,
): readonly Finding[] {
  return [...kdcOf(where, sections, realm), ...timing(where, sections), ...javaValues(where, sections)];
}

/** Java takes these two words only (sun.security.krb5.Config.getBooleanObject, Java 17), and is on by default. */
function isOff(value: string | undefined): boolean {
  return /^(false|no)$/i.test(value ?? "");
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

/** Java waits three times for 30 s by default. Its numbers are milliseconds, MIT's are seconds (sun.security.krb5.KdcComm). */
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
