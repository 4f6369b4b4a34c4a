import type { Feature } from "../../core/feature/feature.ts";
import type { Notice } from "../../core/findings/problem.ts";
import { flag, list, text } from "../../core/settings/variables.ts";
import { readServiceDir, readSystemCertificates } from "./ca-files.ts";
import { anchorsOf } from "./anchors.ts";
import { planTruststore } from "./plan-truststore.ts";
import { trustProblems } from "./problems.ts";
import { readServices } from "./services.ts";

const env = {
  TRUST_SERVICES: list({
    desc: "Further services whose CAs to trust, each with a <SERVICE>_SSL_CA_DIR",
    example: "vault,ldap",
  }),
  TRUST_IN_PLACE: flag({ desc: "Change the JDK's own truststore instead of giving the JVM one in the run dir" }),
  USE_SYSTEM_CA_CERTS: text({
    desc: "As in the JVM images: trust the certificates in /certificates and the operating system's CAs",
    expects: "anything, to turn it on",
  }),
};

const flags = "<SERVICE>_SSL_ENABLED";
const dirs = "<SERVICE>_SSL_CA_DIR";
const services = "kafka, elasticsearch, opensearch, hdfs, s3, schema_registry, or a name in TRUST_SERVICES";

/** The CAs that the JVM trusts besides the JDK's own. */
export const trust: Feature<typeof env> = {
  name: "trust",
  title: "CA certificates to trust",
  about:
    "Added to the JDK's own, for everything in the JVM that opens a TLS connection. Nothing of the JDK is changed unless asked for.",
  env,
  envPatterns: [
    {
      name: flags,
      desc: `Trust the CAs of a service: ${services}`,
      expects: "true or false",
      example: "KAFKA_SSL_ENABLED",
    },
    {
      name: dirs,
      desc: "The mounted folder with the service's CA certificates: .crt, .pem, .cer, .der, .p7b or .p7c. By default /certs/<service>, which need not exist",
      expects: "an absolute path",
      example: "KAFKA_SSL_CA_DIR",
    },
  ],
  problems: trustProblems,
  // What the JVM trusts is asked of it where nothing is added, too.
  enabled: () => true,
  gives: ["truststore"],
  plan: (settings, target, system) => {
    const read = readServices({
      listed: settings.TRUST_SERVICES,
      flags: settings.families[flags] ?? {},
      dirs: settings.families[dirs] ?? {},
    });
    const reads = read.services.map((service) => readServiceDir(service, system));
    if (settings.USE_SYSTEM_CA_CERTS !== undefined) reads.push(readSystemCertificates(system));
    const problems = [...read.problems, ...reads.flatMap((each) => each.problems)];
    const wanted = reads.flatMap((each) => each.wanted);
    const notices = [
      ...read.notices,
      ...reads.flatMap((each) => each.notices ?? []),
      ...surprisingSwitch(settings.USE_SYSTEM_CA_CERTS),
      ...(settings.TRUST_IN_PLACE && wanted.length === 0 ? [nothingToChange()] : []),
    ];
    const planned = planTruststore(wanted, { inPlace: settings.TRUST_IN_PLACE, target, system });
    return {
      ...planned,
      anchors: () => anchorsOf(wanted, target.javaHome, system),
      problems: [...problems, ...(planned.problems ?? [])],
      notices: [...notices, ...(planned.notices ?? [])],
    };
  },
};

function nothingToChange(): Notice {
  const hint = "turn a service on as well, such as KAFKA_SSL_ENABLED=true";
  return { level: "warning", where: ["TRUST_IN_PLACE"], text: "there is no certificate to trust", hint };
}

function surprisingSwitch(value: string | undefined): readonly Notice[] {
  if (value === undefined || !/^(false|f|no|off|0)$/i.test(value)) return [];
  return [
    {
      level: "warning",
      where: ["USE_SYSTEM_CA_CERTS"],
      text: `any value turns it on, and so does ${value}`,
      hint: "unset it to turn it off",
    },
  ];
}
