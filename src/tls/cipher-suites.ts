import type { FlinkConfEntry, MergedFlinkConf } from "../core/feature/feature.ts";
import type { Problem } from "../core/findings/problem.ts";
import { tlsProblems } from "./problems.ts";

const protocolKey = "security.ssl.protocol";
const algorithmsKey = "security.ssl.algorithms";

const tls13Suites = ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"];
const tls12Suites = ["TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"];

/**
 * TLS 1.3 works alike for RSA and EC keys, on every Flink from 1.20 on; Flink's own defaults, TLS 1.2 with RSA suites, refuse EC
 * keys. The suites of TLS 1.2 are there for a configuration that sets no more than the protocol.
 */
export function cipherEntries(because: string): readonly FlinkConfEntry[] {
  return [
    { key: protocolKey, value: "TLSv1.3", strength: "default", because },
    { key: algorithmsKey, value: [...tls13Suites, ...tls12Suites].join(","), strength: "default", because },
  ];
}

/** What is wrong with protocol and suites whatever the key is. Flink splits both at commas and trims nothing (SSLUtils, PekkoUtils). */
export function checkProtocol(conf: MergedFlinkConf): readonly Problem[] {
  const protocol = valueOf(conf, protocolKey);
  const suites = valueOf(conf, algorithmsKey);
  if (protocol === undefined || suites === undefined) return [];
  const { value, owner } = protocol;
  if (value !== "TLSv1.2" && value !== "TLSv1.3") {
    const text = value.includes(",") ? `Pekko takes one protocol, not ${value}` : `Java does not use ${value}`;
    return [
      tlsProblems.problem(
        "protocol-unusable",
        [owner, protocolKey],
        text,
        "set it to TLSv1.3 or TLSv1.2, or remove it",
      ),
    ];
  }
  const where = [suites.owner, algorithmsKey];
  if (/\s/.test(suites.value)) {
    return [
      tlsProblems.problem(
        "suites-unusable",
        where,
        "Flink takes the spaces as part of a suite's name",
        "separate the suites by commas only",
      ),
    ];
  }
  if (suitesFor(value, suites.value).length > 0) return [];
  const other =
    value === "TLSv1.3" ? { protocol: "TLSv1.2", suites: tls13Suites } : { protocol: "TLSv1.3", suites: tls12Suites };
  const hint = `add ${other.suites.join(",")}, or set ${protocolKey} to ${other.protocol}`;
  return [tlsProblems.problem("suites-unusable", where, `none of these suites is one of ${value}`, hint)];
}

/** Whether a suite fits the key; TLS 1.3 leaves the key out of its suites. */
export function checkSuites(conf: MergedFlinkConf, keyType: "rsa" | "ec" | "other"): readonly Problem[] {
  const protocol = valueOf(conf, protocolKey);
  const suites = valueOf(conf, algorithmsKey);
  if (protocol?.value !== "TLSv1.2" || suites === undefined || keyType === "other") return [];
  const usable = suitesFor("TLSv1.2", suites.value);
  const fitting = keyType === "rsa" ? /_RSA_/ : /_ECDSA_/;
  if (usable.length === 0 || usable.some((suite) => fitting.test(suite))) return [];
  const [ecSuite = "", rsaSuite = ""] = tls12Suites;
  const name = keyType === "rsa" ? "RSA" : "EC";
  const hint = `add ${keyType === "rsa" ? rsaSuite : ecSuite}, or set ${protocolKey} to TLSv1.3`;
  return [
    tlsProblems.problem(
      "suites-unusable",
      [suites.owner, algorithmsKey],
      `none of these suites works with the ${name} key`,
      hint,
    ),
  ];
}

function suitesFor(protocol: string, suites: string): readonly string[] {
  const isTls13 = (suite: string) => /^TLS_(AES|CHACHA20)_/.test(suite);
  return suites.split(",").filter((suite) => isTls13(suite) === (protocol === "TLSv1.3"));
}

/** Flink's own default where nobody says anything. */
function valueOf(conf: MergedFlinkConf, key: string): { readonly value: string; readonly owner: string } | undefined {
  const found = conf.get(key);
  return found && { value: String(found.value), owner: found.owner };
}
