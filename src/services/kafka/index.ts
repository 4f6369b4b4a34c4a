import type { Feature } from "../../core/feature/feature.ts";
import { notRead } from "../../core/settings/unused-variables.ts";
import type { Notice } from "../../core/findings/problem.ts";
import { pathForJobs } from "../../core/plan/run-dir.ts";
import { loginContext } from "../../keytabs/login-context.ts";
import { allowUrls, checkAllowedUrls, ownUrls } from "./allowed-urls.ts";
import { badServers, emptyServers } from "./bootstrap-servers.ts";
import { clientFiles } from "./client-files.ts";
import { plain } from "./client-setting.ts";
import { readOwnProperties, withOwnProperties } from "./own-properties.ts";
import { kafkaProblems } from "./problems.ts";
import { clientToProbe } from "./client-to-probe.ts";
import { BrokersProbe } from "./probe/probe-brokers.ts";
import { brokerProblems } from "./probe/problems.ts";
import { planProtocol } from "./protocol.ts";
import { planSasl } from "./sasl.ts";
import { env, type KafkaSettings } from "./settings.ts";
import { planTls } from "./tls.ts";

/** What jobs need to reach Kafka. */
export const kafka: Feature<typeof env> = {
  name: "kafka",
  title: "Kafka",
  about:
    "Rendered for jobs: KAFKA_CLIENT_PROPERTIES names a file of client properties, for producers, consumers and Kafka's own tools. The file kafka-table.sql beside it has the same, without secrets, for a table of the SQL connector.",
  env,
  problems: kafkaProblems,
  networkProblems: [brokerProblems],
  turnOn: "KAFKA_BOOTSTRAP_SERVERS",
  enabled: (settings) =>
    settings.KAFKA_BOOTSTRAP_SERVERS.length > 0 ||
    settings.KAFKA_KERBEROS_ENABLED ||
    settings.KAFKA_SASL_MECHANISM !== "none" ||
    settings.KAFKA_SSL_DIR !== undefined ||
    settings.KAFKA_PROPERTIES !== undefined,
  needs: ["kerberos", "truststore"],
  plan: (settings, target, system, outputs) => {
    const tls = planTls(settings, outputs, target, system);
    const sasl = planSasl(settings, outputs, target, system);
    const own = readOwnProperties(settings.KAFKA_PROPERTIES);
    const protocol = planProtocol(settings, sasl.mechanism, own.properties);
    const servers = settings.KAFKA_BOOTSTRAP_SERVERS;
    const ours = [
      ...(servers.length === 0 ? [] : [plain("bootstrap.servers", servers.join(","), "KAFKA_BOOTSTRAP_SERVERS")]),
      ...protocol.settings,
      ...sasl.settings,
      ...tls.settings,
    ];
    const urls = [...new Set([...sasl.urls, ...ownUrls(own.properties)])];
    const context = sasl.isFlinks ? loginContext("KafkaClient", "KAFKA_KERBEROS_ENABLED") : undefined;
    const all = withOwnProperties(ours, own.properties);
    const [properties, table] = clientFiles(all.settings, target.roleDir);
    const client = clientToProbe(settings, tls, sasl, protocol.protocol, own.properties);
    return {
      ...context,
      files: [properties, table, ...tls.files],
      env: { KAFKA_CLIENT_PROPERTIES: pathForJobs(properties.path, target) },
      jvmOptions: allowUrls(urls),
      requires: (conf) => [...(context?.requires?.(conf) ?? []), ...checkAllowedUrls(own.properties, urls, conf)],
      algorithms: () => [
        ...(tls.algorithms?.() ?? []),
        ...(sasl.mechanism === undefined ? [] : [{ part: "Kafka login", name: sasl.mechanism }]),
      ],
      probes: client === undefined ? [] : [new BrokersProbe(client)],
      problems: [
        ...badServers(servers, own.properties),
        ...sasl.problems,
        ...tls.problems,
        ...own.problems,
        ...protocol.problems,
        ...all.problems,
      ],
      notices: [
        ...unused(settings),
        ...sasl.notices,
        ...tls.notices,
        ...own.notices,
        ...protocol.notices,
        ...emptyServers(own.properties),
      ],
    };
  },
};

/** Warns about settings that the way to connect does not use. */
function unused(settings: KafkaSettings): readonly Notice[] {
  const mechanism = settings.KAFKA_SASL_MECHANISM;
  const hasUser = mechanism !== "none" && mechanism !== "OAUTHBEARER";
  const ofKerberos = ["KAFKA_KERBEROS_SERVICE_NAME", "KAFKA_KERBEROS_PRINCIPAL", "KAFKA_KERBEROS_KEYTAB"];
  const ofOauth = [
    "KAFKA_OAUTH_TOKEN_ENDPOINT",
    "KAFKA_OAUTH_CLIENT_ID",
    "KAFKA_OAUTH_CLIENT_SECRET",
    "KAFKA_OAUTH_SCOPE",
  ];
  const ofUser = ["KAFKA_SASL_USERNAME", "KAFKA_SASL_PASSWORD"];
  return [
    ...(settings.KAFKA_KERBEROS_ENABLED
      ? []
      : notRead(settings, ofKerberos, "set KAFKA_KERBEROS_ENABLED=true as well")),
    ...(hasUser ? [] : notRead(settings, ofUser, "set KAFKA_SASL_MECHANISM to PLAIN, or to one of SCRAM")),
    ...(mechanism === "OAUTHBEARER" ? [] : notRead(settings, ofOauth, "set KAFKA_SASL_MECHANISM=OAUTHBEARER")),
    ...(settings.KAFKA_SSL_DIR === undefined
      ? notRead(settings, ["KAFKA_SSL_PASSWORD"], "set KAFKA_SSL_DIR as well")
      : []),
  ];
}
