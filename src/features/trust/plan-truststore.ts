import { dirname, join } from "node:path/posix";
import type { Contribution, MergedFlinkConf, Target } from "../../core/feature/feature.ts";
import type { PlannedFile, TrustedCertificate } from "../../core/plan/plan.ts";
import { inRoleDir, pathForJobs } from "../../core/plan/run-dir.ts";
import type { Notice, Problem } from "../../core/findings/problem.ts";
import { Secret } from "../../secret.ts";
import type { System } from "../../core/system/system.ts";
import { parseCertificate } from "../../formats/x509/certificate.ts";
import { uniqueAliases } from "../../tls/aliases.ts";
import type { Wanted } from "./ca-files.ts";
import { remarks } from "./remarks.ts";
import { type JdkTruststore, readJdkTruststore } from "./jdk-truststore.ts";
import { trustProblems } from "./problems.ts";

interface TruststoreTarget {
  readonly inPlace: boolean;
  readonly target: Target;
  readonly system: System;
}

const property = "-Djavax.net.ssl.trustStore";

/** Plans a truststore with the JDK's certificates and the wanted ones; nothing where all are there already. */
export function planTruststore(wanted: readonly Wanted[], { inPlace, target, system }: TruststoreTarget): Contribution {
  if (wanted.length === 0) return {};
  const jdk = readJdkTruststore(target.javaHome, system);
  if (jdk !== undefined && "code" in jdk) return { problems: [jdk] };
  if (jdk === undefined && inPlace) return { problems: [noJdk(target)] };
  const { added, present } = merge(wanted, jdk);
  const notices = [
    ...remarks(wanted, system.now),
    ...alreadyThere(present),
    ...(jdk === undefined ? [notChecked(target)] : []),
  ];
  if (added.length === 0) return { notices };
  if (inPlace && jdk !== undefined) {
    if (jdk.format === "jks" && jdk.password === undefined) return { notices, problems: [otherPassword(jdk.path)] };
    if (!canWrite(jdk.path, system)) return { notices, problems: [cannotWrite(jdk.path)] };
    return {
      notices,
      trusted: added,
      files: [{ ...store(jdk.path, added, jdk, true), backup: inRoleDir.truststoreBackup(target.roleDir) }],
    };
  }
  const path = join(target.roleDir, "truststore.p12");
  return {
    notices: [...notices, ...givenByEnvironment(target)],
    trusted: added,
    files: [{ ...store(path, added, jdk, false), forJobs: true }],
    jvmOptions: [`${property}=${path}`, `${property}Type=PKCS12`],
    outputs: { truststore: { path: pathForJobs(path, target), type: "PKCS12" } },
    requires: secondTruststore,
  };
}

/** One entry for each certificate, however often it is wanted; the same subject with another key or date is another certificate. */
function merge(wanted: readonly Wanted[], jdk: JdkTruststore | undefined) {
  const entries = jdk?.entries ?? [];
  const known = entries.flatMap((entry) => (entry.kind === "trusted" ? [entry.certificate] : []));
  const bySize = Map.groupBy(known, ({ length }) => length);
  const isKnown = ({ certificate: { der } }: Wanted) =>
    bySize.get(der.length)?.some((other) => Buffer.compare(der, other) === 0) === true;
  const { fresh = [], present = [] } = Object.groupBy(wanted, (each) => (isKnown(each) ? "present" : "fresh"));
  const alias = uniqueAliases(new Set(entries.map((entry) => entry.alias)));
  const added = new Map<string, TrustedCertificate>();
  for (const { certificate, service, source } of fresh) {
    const same = added.get(certificate.sha256);
    if (same === undefined)
      added.set(certificate.sha256, { certificate, alias: alias(service, certificate), service, source });
    else if (!same.service.split(", ").includes(service))
      added.set(certificate.sha256, { ...same, service: `${same.service}, ${service}` });
  }
  return { added: [...added.values()], present };
}

function store(
  path: string,
  added: readonly TrustedCertificate[],
  jdk: JdkTruststore | undefined,
  inPlace: boolean,
): PlannedFile {
  const entries = jdk?.entries ?? [];
  const inherited = entries.filter((entry) => entry.kind === "trusted");
  const keys = inPlace
    ? entries
        .filter((entry) => entry.kind === "key")
        .map((key) => ({ ...key, pkcs8: new Secret(path, () => key.pkcs8), chain: key.chain.map(parseCertificate) }))
    : [];
  const trusted = added.map(({ alias, certificate }) => ({ kind: "trusted" as const, alias, certificate }));
  return {
    path,
    mode: inPlace && jdk !== undefined ? jdk.mode : 0o644,
    content: {
      kind: "keystore",
      entries: [...keys, ...trusted],
      inherited,
      password: inPlace ? jdk?.password : undefined,
    },
  };
}

function alreadyThere(present: readonly Wanted[]): readonly Notice[] {
  const bySource = Map.groupBy(present, ({ where }) => where.join(": "));
  return [...bySource.values()].map((some): Notice => {
    const count = some.length === 1 ? "1 certificate is" : `${some.length} certificates are`;
    return { level: "info", where: some[0]?.where ?? [], text: `${count} trusted by the JDK already` };
  });
}

function canWrite(path: string, system: System): boolean {
  return system.writable(path) || system.writable(dirname(path));
}

/** A JVM takes the last truststore that it is given, and a role's options come after those for all. */
function secondTruststore(conf: MergedFlinkConf): readonly Problem[] {
  return [...conf].flatMap(([key, { value, owner }]) => {
    if (!key.startsWith("env.java.") || !String(value).includes(`${property}=`)) return [];
    const hint = "remove it here, and mount its certificates as the CA folder of a service";
    return [trustProblems.problem("second-truststore", [owner, key], "it gives the JVM another truststore", hint)];
  });
}

function givenByEnvironment({ variable }: Target): readonly Notice[] {
  return ["JAVA_TOOL_OPTIONS", "JVM_ARGS"]
    .filter((name) => variable(name)?.toString().includes(`${property}=`))
    .map((name): Notice => ({
      level: "warning",
      where: [name],
      text: "its truststore is replaced",
      hint: "mount its certificates as the CA folder of a service",
    }));
}

function notChecked({ javaHome, roleDir }: Target): Notice {
  const missing = javaHome === undefined ? "no JDK was found" : `${javaHome} has no lib/security/cacerts`;
  return {
    level: "warning",
    where: [join(roleDir, "truststore.p12")],
    text: `not checked: ${missing}, so that it holds none of the JDK's own certificates`,
  };
}

function noJdk({ javaHome }: Target): Problem {
  const text = javaHome === undefined ? "no JDK was found" : `${javaHome} has no lib/security/cacerts`;
  return trustProblems.problem("no-jdk", ["TRUST_IN_PLACE"], text, "set JAVA_HOME, or unset TRUST_IN_PLACE");
}

function otherPassword(path: string): Problem {
  return trustProblems.problem(
    "bad-cacerts",
    ["TRUST_IN_PLACE", path],
    "its password is not changeit, so it cannot be rewritten",
    "unset TRUST_IN_PLACE, or give it the password changeit",
  );
}

function cannotWrite(path: string): Problem {
  return trustProblems.problem(
    "cannot-write",
    ["TRUST_IN_PLACE", path],
    "permission denied",
    "make it writable for the container's user, or unset TRUST_IN_PLACE",
  );
}
