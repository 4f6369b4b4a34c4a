/** Programs that talk to a cluster, with the class that each script runs. */
export const clientClasses = {
  client: "org.apache.flink.client.cli.CliFrontend",
  "sql-client": "org.apache.flink.table.client.SqlClient",
} as const;

export type Client = keyof typeof clientClasses;

/** A command that one of these scripts would carry out by becoming a JVM. */
export interface ClientCommand {
  readonly client: Client;
  readonly args: readonly string[];
}

const scripts: ReadonlyMap<string, Client> = new Map([
  ["flink", "client"],
  ["sql-client.sh", "sql-client"],
]);

/** Recognises `flink` and `sql-client.sh`, by name or by their path in flinkHome. Undefined for everything else. */
export function recogniseClient(
  [first = "", ...args]: readonly string[],
  flinkHome: string,
): ClientCommand | undefined {
  const bin = `${flinkHome}/bin/`;
  const client = scripts.get(first.startsWith(bin) ? first.slice(bin.length) : first);
  return client === undefined ? undefined : { client, args };
}
