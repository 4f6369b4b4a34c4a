import type { Feature, MergedFlinkConf, Target } from "../core/feature/feature.ts";
import { isAtLeast } from "../core/feature/flink-version.ts";
import type { Notice } from "../core/findings/problem.ts";
import { checkProtocol } from "../tls/cipher-suites.ts";
import type { Finding } from "../core/findings/findings.ts";
import { partsOff } from "../tls/internal-parts.ts";
import { tlsProblems } from "../tls/problems.ts";

const env = {};

/** What Flink's configuration says of TLS, ours or the user's own, and Flink would ignore or fail on. */
export const tlsConf: Feature<typeof env> = {
  name: "tls-conf",
  title: "TLS in Flink's configuration",
  about: "Checked always; nothing to set.",
  env,
  problems: tlsProblems,
  enabled: () => true,
  plan: (_settings, target) => ({
    requires: (conf) => [
      ...legacySwitch(conf, target),
      ...ignoredKeys(conf),
      ...(isOn(conf) ? checkProtocol(conf) : []),
      ...(isTrue(conf, "security.ssl.internal.enabled") ? partsOff(conf) : []),
    ],
  }),
};

function isTrue(conf: MergedFlinkConf, key: string): boolean {
  return String(conf.get(key)?.value).toLowerCase() === "true";
}

function isOn(conf: MergedFlinkConf): boolean {
  return isTrue(conf, "security.ssl.internal.enabled") || isTrue(conf, "security.ssl.rest.enabled");
}

/** Flink 1.x falls back to it for internal and REST; 2.x does not know it (SecurityOptions). */
function legacySwitch(conf: MergedFlinkConf, { flinkVersion }: Target): readonly Finding[] {
  const key = "security.ssl.enabled";
  if (!isTrue(conf, key) || !isAtLeast(flinkVersion, 2, 0)) return [];
  const where = [conf.get(key)?.owner ?? "", key];
  const text = `Flink ${flinkVersion} does not read it`;
  if (isOn(conf)) return [{ level: "warning", where, text, hint: "remove it" }];
  const hint = "set FLINK_SSL_INTERNAL_ENABLED=true and FLINK_SSL_REST_ENABLED=true, and remove it";
  return [tlsProblems.problem("not-read", where, `${text}: nothing would be encrypted`, hint)];
}

const ignored = {
  "security.ssl.reload": "no Flink reads it: certificates are read when a process starts",
  "security.ssl.verify-hostname": "no Flink from 1.20 on reads it",
};

function ignoredKeys(conf: MergedFlinkConf): readonly Notice[] {
  return Object.entries(ignored).flatMap(([key, text]): Notice[] => {
    const owner = conf.get(key)?.owner;
    const hint = key.endsWith("reload")
      ? "remove it, and restart the processes after a renewal"
      : "remove it; see FLINK_SSL_REST_VERIFY_HOSTNAME";
    return owner === undefined || !isTrue(conf, key) ? [] : [{ level: "warning", where: [owner, key], text, hint }];
  });
}
