import { readAddress } from "../../core/network.ts";
import type { KdcProbe, Probe } from "../../core/probe.ts";
import type { Krb5Section } from "../../formats/kerberos/krb5-conf.ts";
import { splitPrincipal } from "../../formats/kerberos/message-parts.ts";
import { krb5ValueOf } from "./krb5-value.ts";

/** What krb5.conf says of the way to the KDCs. */
export interface KdcDirectory {
  readonly where: readonly string[];
  /** By realm; each as `host` or `host:port`. */
  readonly realms: ReadonlyMap<string, readonly string[]>;
  readonly overUdp: boolean;
}

/** The KDCs that a mounted krb5.conf lists. */
export function directoryOf(where: readonly string[], sections: readonly Krb5Section[]): KdcDirectory {
  const realms = new Map<string, readonly string[]>();
  for (const { name: realm, value } of sections
    .filter(({ name }) => name === "realms")
    .flatMap((each) => each.relations)) {
    if (typeof value === "string") continue;
    const kdcs = value.flatMap((each) => (each.name === "kdc" && typeof each.value === "string" ? [each.value] : []));
    realms.set(realm, [...(realms.get(realm) ?? []), ...kdcs.map((kdc) => kdc.replace(/^tcp\//, ""))]);
  }
  return { where, realms, overUdp: krb5ValueOf(sections, "libdefaults", "udp_preference_limit") !== "1" };
}

/** The KDCs of the realms that are needed, and the login. */
export function kerberosProbes(
  { where, realms, overUdp }: KdcDirectory,
  realm: string | undefined,
  login: { readonly where: readonly string[]; readonly keytab: string; readonly principal: string | undefined },
): readonly Probe[] {
  const { principal } = login;
  const needed = new Set([realm, principal === undefined ? undefined : splitPrincipal(principal).realm]);
  const kdcs = [...realms].flatMap(([name, some]): KdcProbe[] => {
    const addresses = some.flatMap((kdc) => readAddress(kdc, 88) ?? []);
    const isNeeded = needed.has(name) && addresses.length > 0;
    return isNeeded ? [{ kind: "kdc", where, realm: name, kdcs: addresses, overUdp }] : [];
  });
  return principal === undefined ? kdcs : [...kdcs, { kind: "login", ...login, principal }];
}
