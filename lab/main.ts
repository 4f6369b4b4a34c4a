// npm run lab -- up [--only kdc,kafka] | status | down: the servers of the lab, in the background. --folder: where all is kept.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { cacheFolder, NotAvailable } from "../test/support/flink-home.ts";
import { withProgress } from "../test/support/progress.ts";
import { hadoopClientJars } from "./hdfs.ts";
import { Lab, type ServerName, serverNames } from "./lab.ts";
import { isFree, isRunning, readRecord, takeDown, writeRecord } from "./recorded.ts";

const options = { only: { type: "string" }, folder: { type: "string" } } as const;
/** Elasticsearch 8 as Maven Central has it does not answer to `GET /`, by which clients ask who it is. */
const byDefault = "kdc,kafka,hdfs,elasticsearch-7,opensearch-2";

/** Said as it is: what was asked for cannot be done. */
class Refused extends Error {}

/** What an interrupted start has to remove, after its servers have been killed. */
let unfinished: string | undefined;

// Servers that are not yet released end with this process.
for (const [name, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const) {
  process.on(name, () => {
    process.on("exit", () => {
      if (unfinished !== undefined) rmSync(unfinished, { recursive: true, force: true, maxRetries: 5 });
    });
    process.exit(code);
  });
}

try {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const folder = resolve(values.folder ?? join(cacheFolder(process.env), "lab"));
  const [command, ...others] = positionals;
  if (others.length > 0) throw new Refused(`one command only, not ${positionals.join(" ")}`);
  if (command === "up") await up(folder, chosen(values.only ?? byDefault));
  else if (command === "status") status(folder);
  else if (command === "down") await down(folder);
  else throw new Refused("say up, status or down");
} catch (error) {
  const isUsage = error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
  if (!(error instanceof Refused || error instanceof NotAvailable || isUsage)) throw error;
  process.stderr.write(`lab: error: ${error.message}\n`);
  if (error instanceof NotAvailable) process.stderr.write(`lab: hint: ${error.hint}\n`);
  process.exitCode = 1;
}

function chosen(text: string): readonly ServerName[] {
  return text.split(",").map((name) => {
    const found = serverNames.find((known) => known === name);
    if (found === undefined) throw new Refused(`there is no ${name}; the lab has ${serverNames.join(", ")}`);
    return found;
  });
}

async function up(folder: string, servers: readonly ServerName[]): Promise<void> {
  if (readRecord(folder)?.some(isRunning) === true)
    throw new Refused(`the lab in ${folder} is running; take it down first`);
  if (!isFree(folder)) throw new Refused(`${folder} is not empty, and not a lab's`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  writeRecord(folder, []);
  unfinished = folder;
  const ready: { name: string; pid: number; log: string }[] = [];
  const lab = await withProgress("starting the lab", (say) =>
    Lab.start({
      folder,
      servers,
      outlives: true,
      onReady: (name, server) => {
        ready.push({ name, pid: server?.pid ?? 0, log: server?.log ?? "" });
        writeRecord(folder, ready);
        say(`${ready.map((each) => each.name).join(", ")} ready`);
      },
    }),
  );
  const hadoop = servers.includes("hdfs") ? { HADOOP_CLASSPATH: join(await hadoopClientJars(), "*") } : {};
  const file = join(folder, "lab.env");
  writeFileSync(file, exports({ ...lab.variables, ...hadoop }));
  lab.release();
  unfinished = undefined;
  status(folder);
  process.stdout.write(`\n${readFileSync(file, "utf8")}\nFor sluice run:  . ${file}\n`);
  if (servers.includes("kafka")) {
    for (const name of ["PLAINTEXT", "SASL_PLAINTEXT", "SASL_SSL", "SSL"] as const) {
      process.stdout.write(`Kafka ${name.padEnd(14)}  ${lab.kafka.bootstrap(name)}\n`);
    }
  }
  // The handles of the servers' processes would keep this one.
  process.exit(0);
}

/** Lines for a shell. */
function exports(variables: Readonly<Record<string, string>>): string {
  const quoted = (value: string) => `'${value.replaceAll("'", `'\\''`)}'`;
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}=${quoted(value)}\n`)
    .join("");
}

function status(folder: string): void {
  const servers = readRecord(folder) ?? [];
  if (servers.length === 0) process.stdout.write("the lab is not up\n");
  for (const server of servers) {
    const state = isRunning(server) ? "running" : "ended";
    process.stdout.write(`${server.name.padEnd(16)} ${state}  pid ${server.pid}  ${server.log}\n`);
  }
}

async function down(folder: string): Promise<void> {
  if (readRecord(folder) === undefined) throw new Refused(`there is no lab in ${folder}`);
  const servers = await withProgress("stopping the lab", () => takeDown(folder));
  process.stdout.write(`${servers.length} servers stopped, ${folder} removed\n`);
}
