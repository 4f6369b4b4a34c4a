import { join } from "node:path/posix";
import type { Algorithm } from "../../core/feature/algorithm.ts";
import { separate } from "../../core/findings/findings.ts";
import type { FeatureOutputs, Target } from "../../core/feature/feature.ts";
import type { ClientIdentity } from "../../core/system/network.ts";
import type { PlannedFile } from "../../core/plan/plan.ts";
import { pathForJobs } from "../../core/plan/run-dir.ts";
import type { Notice, Problem } from "../../core/findings/problem.ts";
import type { System } from "../../core/system/system.ts";
import { materialAlgorithms } from "../../tls/algorithms.ts";
import { checkMaterial } from "../../tls/check-certificates.ts";
import type { Store } from "../../tls/material.ts";
import { readMaterial } from "../../tls/read-material.ts";
import { type ClientSetting, plain, secretSetting } from "./client-setting.ts";
import { kafkaProblems } from "./problems.ts";
import { unverifiedHostname } from "./protocol-notices.ts";
import { hasTls, type KafkaSettings } from "./settings.ts";

const enabled = "KAFKA_SSL_ENABLED";

/** What TLS adds to a client. */
export interface ClientTls {
  readonly settings: readonly ClientSetting[];
  readonly files: readonly PlannedFile[];
  /** The client certificate, for `sluice check`. */
  readonly identity?: ClientIdentity | undefined;
  readonly algorithms?: () => readonly Algorithm[];
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

/** The truststore of the JVM, a client certificate, and whether the broker's name is verified. */
export function planTls(settings: KafkaSettings, outputs: FeatureOutputs, target: Target, system: System): ClientTls {
  if (!hasTls(settings)) return { settings: [], files: [], problems: needsTls(settings), notices: [] };
  const { truststore } = outputs;
  const trusted =
    truststore === undefined
      ? []
      : [
          plain("ssl.truststore.location", truststore.path, enabled),
          plain("ssl.truststore.type", truststore.type, enabled),
        ];
  const own = clientCertificate(settings, target, system);
  const isUnverified = settings.KAFKA_SSL_VERIFY_HOSTNAME === false;
  const names = isUnverified ? [plain("ssl.endpoint.identification.algorithm", "", "KAFKA_SSL_VERIFY_HOSTNAME")] : [];
  return {
    settings: [...trusted, ...own.settings, ...names],
    files: own.files,
    identity: own.identity,
    ...(own.algorithms && { algorithms: own.algorithms }),
    problems: own.problems,
    notices: [...own.notices, ...(isUnverified ? [unverifiedHostname(["KAFKA_SSL_VERIFY_HOSTNAME"])] : [])],
  };
}

function clientCertificate(settings: KafkaSettings, target: Target, system: System): ClientTls {
  if (settings.KAFKA_SSL_DIR === undefined) return { settings: [], files: [], problems: [], notices: [] };
  const { material, problems, notices } = readMaterial({
    variable: "KAFKA_SSL_DIR",
    dir: settings.KAFKA_SSL_DIR,
    passwordVariable: "KAFKA_SSL_PASSWORD",
    password: settings.KAFKA_SSL_PASSWORD,
    storeDir: join(target.roleDir, "kafka"),
    label: "kafka",
    mutual: false,
    forPekko: false,
    system,
  });
  if (material === undefined) return { settings: [], files: [], problems, notices };
  // Its ca.crt is the CA of clients, for example with Strimzi. KAFKA_SSL_CA_DIR names the CAs to trust.
  const { keystore } = material;
  const files = material.files.filter(({ path }) => path === keystore.path);
  const found = separate(checkMaterial({ ...material, anchors: undefined }, ["clientAuth"], system.now));
  return {
    settings: keystoreSettings({ ...keystore, path: pathForJobs(keystore.path, target) }),
    files: files.map((file) => ({ ...file, forJobs: true })),
    identity: material.identities.map(({ key, chain }) => ({ key: key.pkcs8, chain: chain.map(({ der }) => der) }))[0],
    algorithms: () => materialAlgorithms("KAFKA_SSL_DIR", { ...material, truststore: undefined }, system),
    problems: [...problems, ...found.problems],
    notices: [...notices, ...found.notices],
  };
}

function keystoreSettings({ path, format, password }: Store): readonly ClientSetting[] {
  return [
    plain("ssl.keystore.location", path, "KAFKA_SSL_DIR"),
    plain("ssl.keystore.type", format === "jks" ? "JKS" : "PKCS12", "KAFKA_SSL_DIR"),
    secretSetting("ssl.keystore.password", password, "KAFKA_SSL_DIR"),
    secretSetting("ssl.key.password", password, "KAFKA_SSL_DIR"),
  ];
}

function needsTls({ KAFKA_SSL_DIR, KAFKA_SSL_VERIFY_HOSTNAME }: KafkaSettings): readonly Problem[] {
  const given = Object.entries({ KAFKA_SSL_DIR, KAFKA_SSL_VERIFY_HOSTNAME }).filter(([, value]) => value !== undefined);
  return given.map(([name]) => {
    const hint = `set KAFKA_SSL_ENABLED=true, or unset ${name}`;
    return kafkaProblems.problem("needs-tls", [name], "it needs KAFKA_SSL_ENABLED=true", hint);
  });
}
