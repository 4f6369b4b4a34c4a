import type { RealmKdcs } from "../../core/feature/feature.ts";
import { readAddress } from "../../core/system/network.ts";
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

/** The KDCs of the default realm and of the principal's. */
export function neededRealms(
  { where, realms, overUdp }: KdcDirectory,
  realm: string | undefined,
  principal: string | undefined,
): readonly RealmKdcs[] {
  const needed = new Set([realm, principal === undefined ? undefined : splitPrincipal(principal).realm]);
  return [...realms].flatMap(([name, some]): RealmKdcs[] => {
    const kdcs = some.flatMap((kdc) => readAddress(kdc, 88) ?? []);
    return needed.has(name) && kdcs.length > 0 ? [{ where, realm: name, kdcs, overUdp }] : [];
  });
}
