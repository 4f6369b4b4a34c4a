import { join } from "node:path/posix";
import type { Contribution, Feature, Target } from "../core/feature/feature.ts";
import { isAtLeast } from "../core/feature/flink-version.ts";
import type { Problem } from "../core/findings/problem.ts";
import type { Settings } from "../core/settings/declaration.ts";
import type { System } from "../core/system/system.ts";
import { flag, optionalFlag, path, secret } from "../core/settings/variables.ts";
import { materialAlgorithms } from "../tls/algorithms.ts";
import { checkMaterial } from "../tls/check-certificates.ts";
import { checkSuites } from "../tls/cipher-suites.ts";
import { type Finding, separate } from "../core/findings/findings.ts";
import { storeEntries } from "../tls/flink-entries.ts";
import { hasName } from "../tls/host-name.ts";
import { type Material, shownCertificates } from "../tls/material.ts";
import { tlsProblems } from "../tls/problems.ts";
import { readMaterial } from "../tls/read-material.ts";

const defaultDir = "/certs/internal";

const env = {
  FLINK_SSL_INTERNAL_ENABLED: flag({
    desc: "Encrypt and authenticate what Flink's processes say to each other: RPC, data, blobs",
  }),
  FLINK_SSL_INTERNAL_DIR: path({
    desc: "The mounted Secret: tls.crt, tls.key and ca.crt; keystore.p12 or .jks and truststore.p12 or .jks; or flink.keystore and flink.truststore",
    defaultText: defaultDir,
  }),
  FLINK_SSL_INTERNAL_PASSWORD: secret({
    desc: "Password of the stores, or of an encrypted tls.key. Unset: that in user.password beside user.p12, in keystore.password beside keystore.p12",
  }),
  FLINK_SSL_INTERNAL_TRUSTSTORE_PASSWORD: secret({
    desc: "Password of a truststore with another one than the keystore. Unset: that in ca.password beside ca.p12, in truststore.password beside truststore.p12",
  }),
  FLINK_SSL_INTERNAL_PIN: optionalFlag({
    desc: "Accept this one certificate and no other, whatever the truststore says",
    defaultText: "true if the certificate is self-signed and all that the truststore holds",
  }),
  FLINK_SSL_INTERNAL_VERIFY_HOSTNAME: flag({
    desc: "Verify host names between TaskManagers, by the full names that the DNS gives for their addresses; needs Flink 2.3",
  }),
};

type InternalSettings = Settings<typeof env>;

const enabled = "FLINK_SSL_INTERNAL_ENABLED";
const verify = "FLINK_SSL_INTERNAL_VERIFY_HOSTNAME";

/** Flink's client for data verifies host names since 2.3, with no key to turn it off; Pekko and the blob client never do. */
const noHostVerification =
  "-Dorg.apache.flink.shaded.netty4.io.netty.handler.ssl.defaultEndpointVerificationAlgorithm=NONE";

/** Mutual TLS between Flink's processes. */
export const tlsInternal: Feature<typeof env> = {
  name: "tls-internal",
  title: "TLS between Flink's processes",
  about: "One flag and one mounted Secret. A certificate that all processes share is pinned.",
  env,
  problems: tlsProblems,
  turnOn: "FLINK_SSL_INTERNAL_ENABLED=true",
  enabled: (settings) =>
    settings.FLINK_SSL_INTERNAL_ENABLED ||
    settings.FLINK_SSL_INTERNAL_VERIFY_HOSTNAME ||
    settings.FLINK_SSL_INTERNAL_PIN === true,
  plan: (settings, target, system) => {
    if (!settings.FLINK_SSL_INTERNAL_ENABLED) return { problems: [notEnabled(settings)] };
    const { material, problems, notices } = readMaterial({
      variable: "FLINK_SSL_INTERNAL_DIR",
      dir: settings.FLINK_SSL_INTERNAL_DIR ?? defaultDir,
      passwordVariable: "FLINK_SSL_INTERNAL_PASSWORD",
      password: settings.FLINK_SSL_INTERNAL_PASSWORD,
      truststorePasswordVariable: "FLINK_SSL_INTERNAL_TRUSTSTORE_PASSWORD",
      truststorePassword: settings.FLINK_SSL_INTERNAL_TRUSTSTORE_PASSWORD,
      storeDir: join(target.roleDir, "tls-internal"),
      label: "tls-internal",
      mutual: true,
      forPekko: true,
      system,
    });
    const findings: Finding[] = [...problems, ...notices, ...hostVerification(settings, target, system, material)];
    if (material !== undefined)
      findings.push(
        ...needlessPin(settings, material),
        ...checkMaterial(material, ["serverAuth", "clientAuth"], system.now),
      );
    return { ...contribute(settings, target, system, material), ...separate(findings) };
  },
};

function notEnabled(settings: InternalSettings): Problem {
  const name = settings.FLINK_SSL_INTERNAL_VERIFY_HOSTNAME ? verify : "FLINK_SSL_INTERNAL_PIN";
  return tlsProblems.problem(
    "not-enabled",
    [name],
    `it needs ${enabled}=true`,
    `set ${enabled}=true, or unset ${name}`,
  );
}

function contribute(
  settings: InternalSettings,
  target: Target,
  system: System,
  material: Material | undefined,
): Contribution {
  const on = { key: "security.ssl.internal.enabled", value: "true", strength: "required", because: enabled } as const;
  if (material === undefined) return { flinkConf: [on] };
  const pin = settings.FLINK_SSL_INTERNAL_PIN ?? isShared(material);
  const fingerprints = material.identities.map(({ details }) => details.sha1.toUpperCase().replace(/..(?!$)/g, "$&:"));
  const pinned = {
    key: "security.ssl.internal.cert.fingerprint",
    value: fingerprints.join(","),
    strength: "required",
    because: settings.FLINK_SSL_INTERNAL_PIN === undefined ? enabled : "FLINK_SSL_INTERNAL_PIN",
  } as const;
  const needsOption = isAtLeast(target.flinkVersion, 2, 3) && !settings.FLINK_SSL_INTERNAL_VERIFY_HOSTNAME;
  return {
    files: material.files,
    algorithms: () => materialAlgorithms("FLINK_SSL_INTERNAL_DIR", material, system),
    shown: shownCertificates("internal", material, system),
    flinkConf: [on, ...storeEntries("security.ssl.internal", material, enabled), ...(pin ? [pinned] : [])],
    jvmOptions: needsOption ? [noHostVerification] : [],
    requires: (conf) => material.identities.flatMap(({ details }) => checkSuites(conf, details.keyType)),
  };
}

/** A pin shuts every other certificate out: only right where all processes have the same. */
function isShared({ identities, anchors }: Material): boolean {
  const [identity] = identities;
  const trusted = new Set(anchors?.certificates.map(({ sha256 }) => sha256));
  return (
    identities.length === 1 &&
    identity?.details.selfSigned === true &&
    trusted.size === 1 &&
    trusted.has(identity.leaf.sha256)
  );
}

function needlessPin(settings: InternalSettings, material: Material): readonly Finding[] {
  if (settings.FLINK_SSL_INTERNAL_PIN !== true || isShared(material)) return [];
  const text = "only processes with this very certificate can talk to each other, whatever the truststore says";
  const hint = "mount the same Secret everywhere, or unset it for a certificate for each pod";
  return [{ level: "warning", where: ["FLINK_SSL_INTERNAL_PIN"], text, hint }];
}

/**
 * TaskManagers verify each other, and nobody verifies a JobManager. Java asks for the name that the DNS gives for the peer's
 * address (Flink's NettyClient), in Kubernetes the full one, and for the address itself where there is none.
 */
function hostVerification(
  settings: InternalSettings,
  target: Target,
  system: System,
  material: Material | undefined,
): readonly Finding[] {
  if (!settings.FLINK_SSL_INTERNAL_VERIFY_HOSTNAME) return [];
  if (!isAtLeast(target.flinkVersion, 2, 3)) {
    const text = `Flink ${target.flinkVersion} cannot verify host names between its processes`;
    return [tlsProblems.problem("host-verification", [verify], text, `unset ${verify}, or use Flink 2.3`)];
  }
  if (target.role !== "taskmanager") return [];
  const address = target.variable("POD_IP");
  const names = [system.hostname, ...(typeof address === "string" ? [address] : [])];
  return (material?.identities ?? [])
    .filter(({ leaf }) => !names.some((name) => hasName(leaf, name)))
    .map(({ where }) =>
      tlsProblems.problem(
        "host-not-named",
        where,
        `it names none of ${names.join(", ")}`,
        `have it issued with ${names[0] ?? ""} as subject alternative name, or unset ${verify}`,
      ),
    );
}
