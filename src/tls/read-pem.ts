import { join } from "node:path/posix";
import type { PlannedFile, PlannedStoreEntry } from "../core/plan/plan.ts";
import type { Notice, Problem } from "../core/findings/problem.ts";
import { derivedPassword } from "../secret.ts";
import { readingFailure } from "../core/system/reading-failure.ts";
import type { PrivateKeyFacts } from "../core/system/system.ts";
import { type Certificate, isIssuedBy } from "../formats/x509/certificate.ts";
import { uniqueAliases } from "./aliases.ts";
import { findPath } from "./find-path.ts";
import type { Layout } from "./layout.ts";
import {
  type Identity,
  makeIdentity,
  type Material,
  type MaterialRead,
  type MaterialRequest,
  type Store,
} from "./material.ts";
import { tlsProblems } from "./problems.ts";
import { describe, readCertificateFile, rejectedNotice } from "./read-certificate-file.ts";

type Anchors = NonNullable<Material["anchors"]>;

/** Reads `tls.crt`, `tls.key` and `ca.crt`, and plans the PKCS#12 stores that Flink needs in their place. */
export function readPem(layout: Extract<Layout, { kind: "pem" }>, request: MaterialRequest): MaterialRead {
  const problems: Problem[] = [];
  const notices: Notice[] = [];
  const certificates = readCertificatesOf(layout.certificate, request, { problems, notices });
  const key = readKey(layout.key, request, problems);
  const ca =
    layout.ca === undefined || isEmpty(layout.ca, request)
      ? undefined
      : readCertificatesOf(layout.ca, request, { problems, notices });
  if (certificates === undefined || key === undefined || problems.length > 0) return { problems, notices: [] };
  const identity = makeIdentity([request.variable, join(request.dir, layout.key)], key, certificates);
  if ("code" in identity) return { problems: [identity], notices: [] };
  const anchors = ca ?? (identity.details.selfSigned ? [identity.leaf] : undefined);
  const path = anchors && findPath(identity.leaf, identity.chain, anchors);
  const ordered = {
    ...identity,
    where: [request.variable, join(request.dir, layout.certificate)],
    chain: path?.chain ?? orderChain(identity),
  };
  if (anchors === undefined && request.mutual) return { problems: [noTruststore(identity, request)], notices: [] };
  const where = [request.variable, join(request.dir, ca === undefined ? layout.certificate : (layout.ca ?? "ca.crt"))];
  return { material: plan(ordered, anchors && { where, certificates: anchors }, request), problems, notices };
}

function readCertificatesOf(
  name: string,
  request: MaterialRequest,
  { problems, notices }: { readonly problems: Problem[]; readonly notices: Notice[] },
): readonly Certificate[] | undefined {
  const path = join(request.dir, name);
  const read = readCertificateFile([request.variable, path], path, request.system);
  if (read.kind === "certificates") {
    notices.push(...read.rejected.map((certificate) => rejectedNotice(certificate, [request.variable, path])));
    return read.certificates;
  }
  problems.push(
    tlsProblems.problem(read.kind === "bad" ? "bad-certificate" : "file-unreadable", read.where, read.text, read.hint),
  );
  return undefined;
}

/** cert-manager leaves `ca.crt` empty for an issuer that does not tell its CA, such as ACME. */
function isEmpty(name: string, { dir, system }: MaterialRequest): boolean {
  const read = system.readFile(join(dir, name));
  return read.kind === "file" && read.bytes.length === 0;
}

function readKey(name: string, request: MaterialRequest, problems: Problem[]): PrivateKeyFacts | undefined {
  const { variable, dir, password, passwordVariable, system } = request;
  const path = join(dir, name);
  const read = system.readPrivateKey(path, password);
  if (read.kind === "key") return read.key;
  if (read.kind === "bad") {
    const { where, text, hint } = describe([variable, path], read.error);
    problems.push(tlsProblems.problem("bad-key", where, text, namingPassword(hint, passwordVariable)));
  } else {
    const { text, hint } = readingFailure(read.kind);
    problems.push(tlsProblems.problem("file-unreadable", [variable, path], text, hint));
  }
  return undefined;
}

/** A format does not know which variable a password comes from. */
export function namingPassword(hint: string, passwordVariable: string): string {
  return hint.includes("password") ? `${hint} (${passwordVariable} or ${passwordVariable}_FILE)` : hint;
}

/** From the leaf up, whatever the file's order was; what is no part of it is left out. */
function orderChain({ leaf, chain }: Identity): readonly Certificate[] {
  const ordered = [leaf];
  const rest = chain.filter((one) => one !== leaf);
  for (let last = leaf; ;) {
    const issuer = rest.find((one) => !ordered.includes(one) && isIssuedBy(last, one));
    if (issuer === undefined) return ordered;
    ordered.push(issuer);
    last = issuer;
  }
}

function noTruststore({ leaf }: Identity, { variable, dir }: MaterialRequest): Problem {
  return tlsProblems.problem(
    "no-truststore",
    [variable, join(dir, "ca.crt")],
    `there is no CA to verify peers with, and tls.crt is not self-signed: ${leaf.issuer} issued it`,
    `put the certificate of ${leaf.issuer} into ca.crt`,
  );
}

function plan(identity: Identity, anchors: Anchors | undefined, request: MaterialRequest): Material {
  const password = derivedPassword(request.label);
  const store = (name: string): Store => ({ path: join(request.storeDir, name), format: "pkcs12", password });
  const file = ({ path }: Store, entries: readonly PlannedStoreEntry[]): PlannedFile => ({
    path,
    mode: 0o600,
    content: { kind: "keystore", entries, password },
  });
  const keystore = store("keystore.p12");
  const truststore = anchors && store("truststore.p12");
  const key: PlannedStoreEntry = { kind: "key", alias: "flink", pkcs8: identity.key.pkcs8, chain: identity.chain };
  const files = [file(keystore, [key])];
  if (truststore !== undefined) files.push(file(truststore, trustedEntries(anchors?.certificates ?? [])));
  return { identities: [identity], anchors, keystore, truststore, files };
}

function trustedEntries(certificates: readonly Certificate[]): readonly PlannedStoreEntry[] {
  const unique = [...new Map(certificates.map((certificate) => [certificate.sha256, certificate])).values()];
  const aliases = uniqueAliases(new Set());
  return unique.map((certificate) => ({ kind: "trusted", alias: aliases("ca", certificate), certificate }));
}
