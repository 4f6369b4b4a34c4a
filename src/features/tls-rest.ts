import { join } from "node:path/posix";
import type { Contribution, Feature, FlinkConfEntry, MergedFlinkConf, Target } from "../core/feature/feature.ts";
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

const defaultDir = "/certs/rest";

const env = {
  FLINK_SSL_REST_ENABLED: flag({ desc: "Serve the REST API and the web UI over TLS" }),
  FLINK_SSL_REST_DIR: path({
    desc: "The mounted Secret, laid out as for FLINK_SSL_INTERNAL_DIR",
    defaultText: defaultDir,
  }),
  FLINK_SSL_REST_PASSWORD: secret({
    desc: "Password of the stores, or of an encrypted tls.key. Unset: that in user.password beside user.p12, in keystore.password beside keystore.p12",
  }),
  FLINK_SSL_REST_TRUSTSTORE_PASSWORD: secret({
    desc: "Password of a truststore with another one than the keystore. Unset: that in ca.password beside ca.p12, in truststore.password beside truststore.p12",
  }),
  FLINK_SSL_REST_AUTHENTICATION_ENABLED: flag({
    desc: "Let only clients in whose certificate the truststore trusts (mutual TLS)",
  }),
  FLINK_SSL_REST_VERIFY_HOSTNAME: optionalFlag({
    desc: "Let Flink's own REST clients verify the JobManager's host name; needs Flink 2.3",
    defaultText: "Flink's: false",
  }),
};

type RestSettings = Settings<typeof env>;

const enabled = "FLINK_SSL_REST_ENABLED";
const authentication = "FLINK_SSL_REST_AUTHENTICATION_ENABLED";
const verify = "FLINK_SSL_REST_VERIFY_HOSTNAME";

/** TLS, and mutual TLS, for the REST API. */
export const tlsRest: Feature<typeof env> = {
  name: "tls-rest",
  title: "TLS for the REST API",
  about: "The web UI, `flink run`, and everything else that speaks to the JobManager from outside.",
  env,
  problems: tlsProblems,
  turnOn: "FLINK_SSL_REST_ENABLED=true",
  enabled: (settings) =>
    settings.FLINK_SSL_REST_ENABLED ||
    settings.FLINK_SSL_REST_AUTHENTICATION_ENABLED ||
    settings.FLINK_SSL_REST_VERIFY_HOSTNAME === true,
  plan: (settings, target, system) => {
    const mutual = settings.FLINK_SSL_REST_AUTHENTICATION_ENABLED;
    if (!settings.FLINK_SSL_REST_ENABLED) return { problems: [notEnabled(mutual ? authentication : verify)] };
    const { material, problems, notices } = readMaterial({
      variable: "FLINK_SSL_REST_DIR",
      dir: settings.FLINK_SSL_REST_DIR ?? defaultDir,
      passwordVariable: "FLINK_SSL_REST_PASSWORD",
      password: settings.FLINK_SSL_REST_PASSWORD,
      truststorePasswordVariable: "FLINK_SSL_REST_TRUSTSTORE_PASSWORD",
      truststorePassword: settings.FLINK_SSL_REST_TRUSTSTORE_PASSWORD,
      storeDir: join(target.roleDir, "tls-rest"),
      label: "tls-rest",
      mutual,
      forPekko: false,
      system,
    });
    const findings: Finding[] = [...problems, ...notices, ...hostVerification(settings, target)];
    // Flink's REST clients show the server's certificate as their own.
    if (material !== undefined)
      findings.push(...checkMaterial(material, mutual ? ["serverAuth", "clientAuth"] : ["serverAuth"], system.now));
    return { ...contribute(settings, target, system, material), ...separate(findings) };
  },
};

function notEnabled(name: string): Problem {
  return tlsProblems.problem(
    "not-enabled",
    [name],
    `it needs ${enabled}=true`,
    `set ${enabled}=true, or unset ${name}`,
  );
}

function contribute(
  settings: RestSettings,
  target: Target,
  system: System,
  material: Material | undefined,
): Contribution {
  const flags: FlinkConfEntry[] = [
    { key: "security.ssl.rest.enabled", value: "true", strength: "required", because: enabled },
  ];
  const mutual = settings.FLINK_SSL_REST_AUTHENTICATION_ENABLED;
  if (mutual)
    flags.push({
      key: "security.ssl.rest.authentication-enabled",
      value: "true",
      strength: "required",
      because: authentication,
    });
  const verifies = settings.FLINK_SSL_REST_VERIFY_HOSTNAME;
  if (verifies !== undefined && isAtLeast(target.flinkVersion, 2, 3)) {
    flags.push({
      key: "security.ssl.rest.verify-hostname",
      value: String(verifies),
      strength: "required",
      because: verify,
    });
  }
  // The history server has a separate switch, and the same keys.
  if (target.command[0] === "history-server")
    flags.push({ key: "historyserver.web.ssl.enabled", value: "true", strength: "required", because: enabled });
  if (material === undefined) return { flinkConf: flags };
  return {
    files: material.files.map((file) => ({ ...file, purpose: "rest-client" })),
    algorithms: () => materialAlgorithms("FLINK_SSL_REST_DIR", material, system),
    shown: shownCertificates("rest", material, system),
    flinkConf: [...flags, ...storeEntries("security.ssl.rest", material, enabled)],
    requires: (conf) => [
      ...material.identities.flatMap(({ details }) => checkSuites(conf, details.keyType)),
      ...(verifies === true && target.role === "jobmanager" ? serverName(conf, material) : []),
    ],
  };
}

function hostVerification(settings: RestSettings, target: Target): readonly Problem[] {
  if (settings.FLINK_SSL_REST_VERIFY_HOSTNAME !== true || isAtLeast(target.flinkVersion, 2, 3)) return [];
  const text = `Flink ${target.flinkVersion} cannot verify the JobManager's host name`;
  return [tlsProblems.problem("host-verification", [verify], text, `unset ${verify}, or use Flink 2.3`)];
}

/** Clients ask for `rest.address`, or else `jobmanager.rpc.address` (Flink's RestOptions). */
function serverName(conf: MergedFlinkConf, { identities }: Material): readonly Problem[] {
  const name = String((conf.get("rest.address") ?? conf.get("jobmanager.rpc.address"))?.value ?? "localhost");
  return identities
    .filter(({ leaf }) => !hasName(leaf, name))
    .map(({ where }) =>
      tlsProblems.problem(
        "host-not-named",
        where,
        `it does not name ${name}`,
        `have it issued with ${name} as subject alternative name, or set rest.address to a name that it has`,
      ),
    );
}
