import type { StoreEntry } from "./entries.ts";
import { parseCertificate } from "../x509/certificate.ts";
import { canonicalName } from "../x509/distinguished-name.ts";
import type { SafeBag } from "./pkcs12-bags.ts";

type NamedBag = SafeBag & { readonly subject: string; readonly issuer: string; readonly sha256: string };

function withNames(bag: SafeBag): NamedBag {
  const { subject, issuer, sha256 } = parseCertificate(bag.value);
  return { ...bag, subject: canonicalName(subject), issuer: canonicalName(issuer), sha256 };
}

/** The certificate with the key's id; of several, the one with its name. A key without an id takes the first certificate. */
function findLeaf(key: SafeBag, certificates: readonly NamedBag[]): NamedBag | undefined {
  const candidates = certificates.filter(({ localKeyId, isTrusted }) => !isTrusted && localKeyId === key.localKeyId);
  return (
    candidates.find(({ friendlyName }) => friendlyName?.toLowerCase() === key.friendlyName?.toLowerCase()) ??
    candidates[0]
  );
}

/** From the leaf to a self-issued certificate, or as far as the store goes. */
function buildChain(leaf: NamedBag | undefined, bySubject: ReadonlyMap<string, NamedBag>): NamedBag[] {
  const chain: NamedBag[] = [];
  for (let next = leaf; next !== undefined && !chain.includes(next);) {
    chain.push(next);
    next = next.issuer === next.subject ? undefined : bySubject.get(next.issuer);
  }
  return chain;
}

/**
 * What the JDK makes of a store's bags (sun.security.pkcs12.PKCS12KeyStore): chains are put together by key id and names,
 * certificates with Oracle's attribute are trusted, the rest is left out. Of two entries with one alias the later stays.
 */
export function collectEntries(bags: readonly SafeBag[]): StoreEntry[] {
  const certificates = bags.filter(({ kind }) => kind === "certificate").map(withNames);
  const bySubject = new Map(certificates.toReversed().map((bag) => [bag.subject, bag]));
  const entries = new Map<string, StoreEntry>();
  const used = new Set<string>();
  let unnamed = 0;
  const aliasOf = (bag: SafeBag): string => (bag.friendlyName ?? String((unnamed += 1))).toLowerCase();

  for (const bag of bags) {
    const alias = bag.kind === "key" || bag.isTrusted ? aliasOf(bag) : "";
    if (bag.kind === "key") {
      const chain = buildChain(findLeaf(bag, certificates), bySubject);
      for (const link of chain) used.add(link.sha256);
      entries.set(alias, { kind: "key", alias, pkcs8: bag.value, chain: chain.map(({ value }) => value) });
    } else if (bag.isTrusted) {
      entries.set(alias, { kind: "trusted", alias, certificate: bag.value });
    }
  }
  const untrusted = certificates.filter((bag) => !bag.isTrusted && !used.has(bag.sha256));
  return [
    ...entries.values(),
    ...untrusted.map((bag): StoreEntry => ({
      kind: "untrusted",
      alias: bag.friendlyName?.toLowerCase() ?? "",
      certificate: bag.value,
    })),
  ];
}
