import { isAtLeast } from "../../core/feature/flink-version.ts";
import { type Deployment, type Door, isTrue, type OpenDoor, whereOf } from "./door.ts";
import { listedReporters } from "./reporters.ts";

const rest = "security.ssl.rest.enabled";
const authentication = "security.ssl.rest.authentication-enabled";

/** Who has a REST endpoint: a JobManager and a SQL gateway. Both are configured by the same keys (RestServerEndpointConfiguration). */
function hasRest({ role }: Deployment): boolean {
  return role === "jobmanager" || role === "sql-gateway";
}

function restInPlaintext(deployment: Deployment): readonly OpenDoor[] {
  if (!hasRest(deployment) || isTrue(deployment.conf, rest)) return [];
  const text = "REST is not encrypted: anyone who reaches its port can submit jobs, and so run code";
  return [
    {
      where: whereOf(deployment.conf, rest),
      text,
      hint: "set FLINK_SSL_REST_ENABLED=true and FLINK_SSL_REST_AUTHENTICATION_ENABLED=true",
    },
  ];
}

function restWithoutClients(deployment: Deployment): readonly OpenDoor[] {
  const { conf } = deployment;
  if (!hasRest(deployment) || !isTrue(conf, rest) || isTrue(conf, authentication)) return [];
  const text = "REST asks clients for no certificate: anyone who reaches its port can submit jobs, and so run code";
  return [{ where: whereOf(conf, authentication), text, hint: "set FLINK_SSL_REST_AUTHENTICATION_ENABLED=true" }];
}

/** Prometheus' reporter is a plain HTTP server (PrometheusReporter, 1.20 to 2.3). */
function metrics({ conf }: Deployment): readonly OpenDoor[] {
  return listedReporters(conf, /\.PrometheusReporter(?:Factory)?$/).map((name) => {
    const key = [`metrics.reporter.${name}.factory.class`, `metrics.reporter.${name}.class`].find((each) =>
      conf.has(each),
    );
    return {
      where: whereOf(conf, key ?? ""),
      text: "metrics are served over plain HTTP, to anyone who reaches the port",
      hint: "let only Prometheus reach the port, by a NetworkPolicy, and allow the door",
    };
  });
}

/** Flink's processes trust each other: a client that reaches these ports can take part (SecurityOptions.SSL_INTERNAL_ENABLED). */
function internalInPlaintext({ conf, role }: Deployment): readonly OpenDoor[] {
  const key = "security.ssl.internal.enabled";
  if (!["jobmanager", "taskmanager"].includes(role) || isTrue(conf, key)) return [];
  const text = "RPC, data and blobs are not encrypted: anyone who reaches their ports can read data and run code";
  return [{ where: whereOf(conf, key), text, hint: "set FLINK_SSL_INTERNAL_ENABLED=true" }];
}

/** Flink 2 has none (FLINK-36175). */
function queryableState({ conf, target }: Deployment): readonly OpenDoor[] {
  const key = "queryable-state.enable";
  if (!isTrue(conf, key) || isAtLeast(target.flinkVersion, 2, 0)) return [];
  const text = "queryable state has no TLS: anyone who reaches its ports can read the state of jobs";
  return [{ where: whereOf(conf, key), text, hint: `remove ${key}` }];
}

function historyServer({ conf, role }: Deployment): readonly OpenDoor[] {
  const key = "historyserver.web.ssl.enabled";
  // HistoryServer uses TLS only if both are on.
  if (role !== "history-server" || (isTrue(conf, key) && isTrue(conf, rest))) return [];
  const text = "the history server is not encrypted: anyone who reaches its port can read the configuration of jobs";
  return [{ where: whereOf(conf, key), text, hint: "set FLINK_SSL_REST_ENABLED=true" }];
}

/** The HiveServer2 endpoint speaks Thrift without TLS, and believes each user name. */
function hiveServer({ conf, role }: Deployment): readonly OpenDoor[] {
  const key = "sql-gateway.endpoint.type";
  const types = String(conf.get(key)?.value ?? "").split(";");
  if (role !== "sql-gateway" || !types.some((type) => type.trim() === "hiveserver2")) return [];
  const text = "the HiveServer2 endpoint has neither TLS nor a login: anyone who reaches its port can submit jobs";
  return [{ where: whereOf(conf, key), text, hint: `set ${key} to rest` }];
}

export const flinkDoors: readonly Door[] = [
  {
    name: "rest-plaintext",
    risk: "Anyone who reaches the REST port can submit jobs, and so run code. Passwords and data of requests can be read on the way.",
    closedBy: "`FLINK_SSL_REST_ENABLED=true`",
    find: restInPlaintext,
  },
  {
    name: "rest-unauthenticated",
    risk: "Anyone who reaches the REST port can submit jobs, and so run code.",
    closedBy: "`FLINK_SSL_REST_AUTHENTICATION_ENABLED=true`",
    find: restWithoutClients,
  },
  {
    name: "internal-plaintext",
    risk: "Anyone who reaches the ports between JobManagers and TaskManagers can read data on the way, and run code.",
    closedBy: "`FLINK_SSL_INTERNAL_ENABLED=true`",
    find: internalInPlaintext,
  },
  {
    name: "metrics-plaintext",
    risk: "Anyone who reaches a Prometheus reporter's port can read metrics, with the names of jobs and hosts in them.",
    closedBy: "a NetworkPolicy; the reporter itself has no TLS",
    find: metrics,
  },
  {
    name: "queryable-state",
    risk: "Anyone who reaches the ports of queryable state (Flink 1.x) can read the state of jobs.",
    closedBy: "no `queryable-state.enable`",
    find: queryableState,
  },
  {
    name: "history-server-plaintext",
    risk: "Anyone who reaches a history server's port can read the plans and configurations of finished jobs.",
    closedBy: "`FLINK_SSL_REST_ENABLED=true`",
    find: historyServer,
  },
  {
    name: "hiveserver2",
    risk: "Anyone who reaches the HiveServer2 endpoint of a SQL gateway can submit jobs.",
    closedBy: "`sql-gateway.endpoint.type: rest`",
    find: hiveServer,
  },
];
