import { join } from "node:path/posix";
import type { Problem } from "../core/findings/problem.ts";
import { readingFailure } from "../core/system/reading-failure.ts";
import type { KeystoreEntryFacts, KeystoreRead } from "../core/system/system.ts";
import type { Certificate } from "../formats/x509/certificate.ts";
import type { Layout } from "./layout.ts";
import { type Identity, makeIdentity, type Material, type MaterialRead, type MaterialRequest } from "./material.ts";
import { tlsProblems } from "./problems.ts";
import { keystorePassword, type StorePassword, truststorePassword } from "./store-password.ts";
import { noKey, noPassword, noTrusted, noTruststore, unfitPassword } from "./store-problems.ts";
import { describe } from "./read-certificate-file.ts";
import { namingPassword } from "./read-pem.ts";

type OpenStore = Extract<KeystoreRead, { kind: "keystore" }>;

/** Reads a keystore and a truststore that are ready, and leaves them where they are. */
export function readStores(layout: Extract<Layout, { kind: "stores" }>, request: MaterialRequest): MaterialRead {
  const { variable, dir, passwordVariable } = request;
  const where = (name: string) => [variable, join(dir, name)];
  const password = keystorePassword(layout.keystore, request);
  if (password === undefined) return { problems: [noPassword(where(layout.keystore), passwordVariable)], notices: [] };
  const trustPassword =
    layout.truststore === undefined ? password : truststorePassword(layout.truststore, request, password);
  const keystore = open(layout.keystore, password, passwordVariable, request);
  const truststore =
    layout.truststore === undefined
      ? undefined
      : open(layout.truststore, trustPassword, request.truststorePasswordVariable ?? passwordVariable, request);
  const problems = [keystore, truststore].filter((read) => read !== undefined && "code" in read);
  if ("code" in keystore || (truststore !== undefined && "code" in truststore)) return { problems, notices: [] };
  const unfit = [...new Set([password, trustPassword])].filter(
    ({ secret }) => request.forPekko && request.system.secretMatches(secret, /["\\\r\n]/),
  );
  if (unfit.length > 0) return { problems: unfit.map(({ from }) => unfitPassword(from)), notices: [] };
  const identities = keyEntries(keystore).map((entry) => makeIdentity(where(layout.keystore), entry.key, entry.chain));
  const bad = identities.filter((identity) => "code" in identity);
  const good = identities.filter((identity): identity is Identity => !("code" in identity));
  if (identities.length === 0) return { problems: [noKey(where(layout.keystore))], notices: [] };
  const trust = chooseTrust(layout, truststore, keystore, good, where);
  if (trust !== undefined && trust.certificates.length === 0) bad.push(noTrusted(trust.where, trust.store.entries));
  if (trust === undefined && request.mutual) bad.push(noTruststore(where(layout.keystore)));
  if (bad.length > 0) return { problems: bad, notices: [] };
  const at = (name: string, { format }: OpenStore, { secret }: StorePassword) => {
    return { path: join(dir, name), format, password: secret };
  };
  const material: Material = {
    identities: good,
    anchors: trust,
    keystore: at(layout.keystore, keystore, password),
    truststore: trust && at(trust.name, trust.store, trustPassword),
    files: [],
  };
  return { material, problems: [], notices: severalKeys(where(layout.keystore), good) };
}

function open(
  name: string,
  password: StorePassword,
  passwordVariable: string,
  { variable, dir, system }: MaterialRequest,
): OpenStore | Problem {
  const path = join(dir, name);
  const read = system.readKeystore(path, password.secret);
  if (read.kind === "keystore") return read;
  if (read.kind === "bad") {
    const { where, text, hint } = describe([variable, path], read.error);
    return tlsProblems.problem("bad-keystore", where, text, namingPassword(hint, passwordVariable));
  }
  const { text, hint } = readingFailure(read.kind);
  return tlsProblems.problem("file-unreadable", [variable, path], text, hint);
}

/** Java leaves a key without a certificate out. */
function keyEntries({ entries }: OpenStore): readonly Extract<KeystoreEntryFacts, { kind: "key" }>[] {
  return entries.filter((entry) => entry.kind === "key").filter(({ chain }) => chain.length > 0);
}

interface Trust {
  readonly name: string;
  readonly store: OpenStore;
  readonly where: readonly string[];
  readonly certificates: readonly Certificate[];
}

/** Without a truststore, a keystore whose certificate is self-signed is its own: Java trusts the first certificate of a key's chain. */
function chooseTrust(
  layout: Extract<Layout, { kind: "stores" }>,
  truststore: OpenStore | undefined,
  keystore: OpenStore,
  identities: readonly Identity[],
  where: (name: string) => readonly string[],
): Trust | undefined {
  const of = (name: string, store: OpenStore): Trust => ({
    name,
    store,
    where: where(name),
    certificates: anchorsOf(store),
  });
  if (layout.truststore !== undefined && truststore !== undefined) return of(layout.truststore, truststore);
  return identities.every(({ details }) => details.selfSigned) ? of(layout.keystore, keystore) : undefined;
}

/** What Java takes as trust anchors (sun.security.validator.TrustStoreUtil). */
function anchorsOf({ entries }: OpenStore): readonly Certificate[] {
  return entries.flatMap((entry) => {
    if (entry.kind === "key") return entry.chain.slice(0, 1);
    return entry.kind === "trusted" ? [entry.certificate] : [];
  });
}

function severalKeys(where: readonly string[], identities: readonly Identity[]): MaterialRead["notices"] {
  if (identities.length < 2) return [];
  return [
    {
      level: "warning",
      where,
      text: `there are ${identities.length} keys, and Java picks one of them`,
      hint: "keep one key in the keystore",
    },
  ];
}
