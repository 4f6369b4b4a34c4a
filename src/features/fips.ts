import { join } from "node:path/posix";
import type { Feature, MergedFlinkConf, Target } from "../core/feature/feature.ts";
import type { Finding } from "../core/findings/findings.ts";
import { problemCatalogue } from "../core/findings/problem.ts";
import { flag } from "../core/settings/variables.ts";
import { tlsAlgorithms } from "../tls/algorithms.ts";
import type { System } from "../core/system/system.ts";

const env = {
  SLUICE_FIPS: flag({
    desc: "Refuse to start with cryptography that FIPS 140-3 does not allow, and list in the plan what each part uses; docs/fips.md describes the limits",
  }),
};

const fipsProblems = problemCatalogue("fips", {
  "not-allowed": "SLUICE_FIPS is set, and a part of the plan uses cryptography that FIPS 140-3 does not allow.",
  "store-unreadable": "SLUICE_FIPS is set, and the JVM's FIPS provider does not open the stores that Flink is given.",
});

/** Checks the plan against what FIPS 140-3 allows. */
export const fips: Feature<typeof env> = {
  name: "fips",
  title: "FIPS 140-3",
  about: "The plan is checked, not the JVM: bring a JDK with a validated provider. See docs/fips.md.",
  env,
  problems: fipsProblems,
  turnOn: "SLUICE_FIPS=true",
  enabled: ({ SLUICE_FIPS }) => SLUICE_FIPS,
  plan: (_settings, target, system) => ({
    refuseAlgorithm: ({ where, text, hint }) => fipsProblems.problem("not-allowed", where, text, hint),
    algorithms: (conf) => [
      { part: "Sluice itself", name: "Node.js with OpenSSL 3, which is not a validated module" },
      ...tlsAlgorithms(conf),
    ],
    requires: (conf) => checkProvider(conf, target, system),
  }),
};

/** Bouncy Castle's provider, SunPKCS11 on NSS, IBM's and the list that Red Hat's OpenJDK uses on a host in FIPS mode. */
const validated = /BouncyCastleFips|NSS-FIPS|OpenJCEPlusFIPS|IBMJCEPlusFIPS|^fips\.provider\.1=/m;

function checkProvider(conf: MergedFlinkConf, { javaHome }: Target, system: System): readonly Finding[] {
  const path = javaHome === undefined ? "JAVA_HOME" : join(javaHome, "conf", "security", "java.security");
  const read = system.readFile(path);
  const text = read.kind === "file" ? new TextDecoder().decode(read.bytes).replace(/^\s*#.*$/gm, "") : "";
  const options = [...conf].filter(([key]) => key.startsWith("env.java.")).map(([, { value }]) => String(value));
  const all = [text, ...options].join("\n");
  if (!validated.test(all) && !options.some((each) => each.includes("java.security.properties"))) {
    return [
      {
        level: "warning",
        where: [path],
        text: "the JDK names no FIPS provider that Sluice knows: the JVM would use its own cryptography",
        hint: "use a JDK in FIPS mode, or set -Djava.security.properties in env.java.opts.all",
      },
    ];
  }
  const isBouncyCastle = /BouncyCastleFips/.test(all) && /org\.bouncycastle\.fips\.approved_only=true/.test(all);
  const keys = ["security.ssl.internal.keystore", "security.ssl.rest.keystore"].filter((key) => conf.has(key));
  if (!isBouncyCastle || keys.length === 0) return [];
  return [
    fipsProblems.problem(
      "store-unreadable",
      [path],
      "Bouncy Castle's provider does not open PKCS#12 stores with org.bouncycastle.fips.approved_only=true",
      "use a FIPS provider that opens PKCS#12, such as SunPKCS11 on NSS in Red Hat's OpenJDK",
    ),
  ];
}
