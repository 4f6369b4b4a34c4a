import type { Notice, Problem } from "../../core/findings/problem.ts";
import { withoutCredentials } from "../../formats/secret-values.ts";
import type { OwnProperty } from "./own-property.ts";
import { kafkaProblems } from "./problems.ts";

const { problem } = kafkaProblems;
const variable = "KAFKA_BOOTSTRAP_SERVERS";

/** Servers that Kafka refuses before it connects: ClientUtils.parseAndValidateAddresses of Kafka 4.2. */
export function badServers(servers: readonly string[], own: readonly OwnProperty[]): readonly Problem[] {
  if (servers.length > 0) return servers.flatMap((server) => badServer(server, [variable]));
  const given = own.find(({ key }) => key === "bootstrap.servers");
  const listed = ownServers(own);
  if (given !== undefined && listed.length > 0)
    return listed.flatMap((server) => badServer(server, [...given.where, "bootstrap.servers"]));
  return [problem("no-servers", [variable], "it is not set", "set it to the brokers, as host:port,host:port")];
}

/** Warns about two commas with nothing between them, or one at an end: Kafka 3 takes them. */
export function emptyServers(own: readonly OwnProperty[]): readonly Notice[] {
  const given = own.find(({ key }) => key === "bootstrap.servers");
  const count = given?.value.split(",").length ?? 0;
  if (given === undefined || ownServers(own).length === count || count < 2) return [];
  const text = "bootstrap.servers has a comma too many, and Kafka 4 refuses empty servers";
  return [{ level: "warning", where: given.where, text, hint: "write it as host:port,host:port" }];
}

/** `bootstrap.servers` of KAFKA_PROPERTIES, without empty members. */
export function ownServers(own: readonly OwnProperty[]): readonly string[] {
  const value = own.find(({ key }) => key === "bootstrap.servers")?.value ?? "";
  return value
    .split(",")
    .map((server) => server.trim())
    .filter((server) => server !== "");
}

function badServer(server: string, where: readonly string[]): readonly Problem[] {
  const [, port] = /^(?:[\w.%-]*:\/\/)?(?:[\w.%-]+|\[[0-9A-Fa-f:.%]+\]):(\d+)$/.exec(server) ?? [];
  const shown = JSON.stringify(withoutCredentials(server));
  if (port === undefined) return [problem("bad-server", where, `${shown} is not host:port`, "write it as host:9092")];
  if (Number(port) <= 65_535) return [];
  return [problem("bad-server", where, `${shown}: the port is above 65535`, "write it as host:9092")];
}
