// node scripts/record-start-reads.ts [version ...]: writes src/flink/keys-read-at-start.json, the typed keys whose wrong value keeps
// a JobManager or a TaskManager from starting. Which keys a role converts is recorded, then each is tried. Needs Java 17 and some
// 150 starts a version.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { taskManagerResourceParams } from "../src/flink/memory/resource-params.ts";
import { flinkHome } from "../test/support/flink-home.ts";
import { freePorts } from "../testkit/free-ports.ts";
import { type TemporaryFolder, temporaryFolder } from "../testkit/temporary-folder.ts";
import { grouped, options, typesOf } from "./generate-option-keys.ts";

const file = join(dirname(import.meta.dirname), "src", "flink", "keys-read-at-start.json");

type Role = "jobmanager" | "taskmanager";

const mainClasses: Readonly<Record<Role, string>> = {
  jobmanager: "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
  taskmanager: "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
};

/** What a role writes when it is ready. */
const isReady: Readonly<Record<Role, RegExp>> = {
  jobmanager: /Rest endpoint listening at[^]*granted leadership/,
  taskmanager: /Successful registration at resource manager/,
};

/** Milliseconds until a role has to be ready, on a slow machine too. */
const patience = 120_000;

const opened = ["java.lang", "java.net", "java.util"].map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`);
const asm = "--add-exports=java.base/jdk.internal.org.objectweb.asm=ALL-UNNAMED";

/** A key counts only if each of these reads it: one set-up may take a branch that another does not. */
const setups: readonly Readonly<Record<string, string>>[] = [
  {},
  {
    "cluster.intercept-user-system-exit": "LOG",
    "cluster.io-pool.size": "4",
    "jobmanager.bind-host": "127.0.0.1",
    "jobmanager.execution.failover-strategy": "full",
    "jobmanager.resource-id": "jobmanager-1",
    "jobmanager.scheduler": "adaptive",
    "metrics.internal.query-service.port": "0",
    "rest.bind-address": "127.0.0.1",
    "rest.bind-port": "0",
    "state.backend.local-recovery": "true",
    "taskmanager.bind-host": "127.0.0.1",
    "taskmanager.data.port": "0",
    "taskmanager.host": "localhost",
    "taskmanager.resource-id": "taskmanager-1",
    "taskmanager.rpc.port": "0",
    "web.cancel.enable": "false",
    "web.submit.enable": "false",
  },
];

/** A role's JVM. */
interface Started extends AsyncDisposable {
  /** The options that it converts until it is ready; undefined if it ends before. */
  readonly ready: Promise<ReadonlySet<string> | undefined>;
}

/** No number, boolean, enum, time or size. */
const wrong = "sluice, wrong";

/** Starts a role with the recording Configuration in front of Flink's own. */
function start(role: Role, home: string, folder: TemporaryFolder): Started {
  const classPath = [folder.at("classes"), join(home, "lib", "*")].join(":");
  const log = `-Dlog4j.configurationFile=${join(home, "conf", "log4j-console.properties")}`;
  const jvm = [
    "-XX:TieredStopAtLevel=1",
    log,
    `-Dlog.file=${folder.at("log")}`,
    `-Djava.io.tmpdir=${folder.at("tmp")}`,
    ...opened,
  ];
  const args = [...jvm, "-cp", classPath, mainClasses[role], "--configDir", folder.at("conf")];
  const memory = role === "taskmanager" ? taskManagerMemory() : [];
  const child = execa("java", [...args, ...memory], { all: true, reject: false, buffer: false });
  return {
    ready: reads(child.all, role),
    [Symbol.asyncDispose]: async () => {
      // What it reads while it shuts down is not read at start.
      child.kill("SIGKILL");
      await child;
    },
  };
}

/** Keeps reading when the role is ready: a closed pipe would end it. */
function reads(output: NodeJS.ReadableStream, role: Role): Promise<ReadonlySet<string> | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<ReadonlySet<string> | undefined>();
  const timer = setTimeout(() => reject(new Error(`the ${role} is not ready in time`)), patience);
  const settle = (found: ReadonlySet<string> | undefined) => {
    clearTimeout(timer);
    resolve(found);
  };
  let text = "";
  output.on("data", (chunk) => {
    text += String(chunk);
    if (isReady[role].test(text))
      settle(new Set([...text.matchAll(/^.*reads option (\S+)$/gm)].map(([, key = ""]) => key)));
  });
  output.on("end", () => {
    if (/Could not parse value (?:'sluice, wrong' )?for key/.test(text)) settle(undefined);
    else reject(new Error(`the ${role} ends of something else:\n${text.slice(-3000)}`));
  });
  return promise;
}

/** What Flink's scripts pass to a TaskManager. */
function taskManagerMemory(): readonly string[] {
  const conf = new Map([["taskmanager.memory.process.size", "1000m"]]);
  const { dynamicConfigs } = taskManagerResourceParams({ conf, env: {}, readsLegacyKeys: false, standardYaml: true });
  return dynamicConfigs.flatMap(([key, value]) => ["-D", `${key}=${value}`]);
}

type Recorded = Readonly<Record<Role, ReadonlySet<string>>>;

/** The keys of each role of one version, of those that can be wrong. */
async function record(home: string, version: string, typed: ReadonlySet<string>): Promise<Recorded> {
  using folder = temporaryFolder();
  const jar = join(home, "lib", `flink-dist-${version}.jar`);
  await execa("java", [asm, "-cp", jar, join(import.meta.dirname, "RecordReads.java"), folder.at("classes")]);
  mkdirSync(folder.at("conf"));
  mkdirSync(folder.at("tmp"));
  const found: Recorded[] = [];
  for (const setup of setups) {
    await writeConf(folder, setup);
    await using jobManager = start("jobmanager", home, folder);
    const jobmanager = await mustBeReady(jobManager);
    await using taskManager = start("taskmanager", home, folder);
    found.push({ jobmanager, taskmanager: await mustBeReady(taskManager) });
  }
  const inAll = (role: Role) => found.map((each) => each[role]).reduce(common);
  return {
    jobmanager: await confirmed("jobmanager", home, folder, common(inAll("jobmanager"), typed)),
    taskmanager: await confirmed("taskmanager", home, folder, common(inAll("taskmanager"), typed)),
  };
}

function common(one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...one].filter((each) => other.has(each)));
}

async function mustBeReady(started: Started): Promise<ReadonlySet<string>> {
  const found = await started.ready;
  if (found === undefined) throw new Error("a role ends before it is ready");
  return found;
}

/** Those whose wrong value ends a start: some are converted in a thread of their own, or where the error is only logged. */
async function confirmed(role: Role, home: string, folder: TemporaryFolder, keys: ReadonlySet<string>) {
  const addresses = await writeConf(folder, {});
  await using jobManager = role === "taskmanager" ? start("jobmanager", home, folder) : undefined;
  if (jobManager !== undefined) await mustBeReady(jobManager);
  const ends = new Set<string>();
  for (const key of keys) {
    // What Flink's scripts pass with -D is not read from the file.
    if (role === "taskmanager" && taskManagerMemory().some((word) => word.startsWith(`${key}=`))) continue;
    await writeConf(folder, { ...addresses, [key]: wrong });
    await using started = start(role, home, folder);
    if ((await started.ready) === undefined) ends.add(key);
    else process.stdout.write(`${role}: starts with a wrong ${key}\n`);
  }
  return ends;
}

async function writeConf(folder: TemporaryFolder, setup: Readonly<Record<string, string>>) {
  const [rest = 0, rpc = 0] = await freePorts(2);
  const addresses = {
    "jobmanager.rpc.address": "localhost",
    "jobmanager.rpc.port": String(rpc),
    "rest.port": String(rest),
  };
  const lines = Object.entries({ ...addresses, ...setup }).map(([key, value]) => `${key}: ${value}\n`);
  writeFileSync(join(folder.at("conf"), "config.yaml"), lines.join(""));
  return addresses;
}

async function writeKeys(versions: readonly string[]): Promise<void> {
  const versionsOf: Record<Role, Map<string, string[]>> = { jobmanager: new Map(), taskmanager: new Map() };
  for (const version of versions) {
    const home = await flinkHome(version);
    // An older name counts only where the newer one is not set: it stays a warning.
    const all = await options(home);
    const own = new Set(all.filter(({ key, main }) => key === main).map(({ key }) => key));
    // Lists and maps take nearly every text.
    const scalars = new Set([...typesOf(all)].filter(([, type]) => !/^(?:list|map)/.test(type)).map(([key]) => key));
    const recorded = await record(home, version, common(scalars, own));
    for (const [role, keys] of Object.entries(recorded) as [Role, ReadonlySet<string>][]) {
      process.stdout.write(`${version}: ${keys.size} typed keys keep a ${role} from starting\n`);
      for (const key of keys) versionsOf[role].set(key, [...(versionsOf[role].get(key) ?? []), version]);
    }
  }
  const byRoles = { jobmanager: grouped(versionsOf.jobmanager), taskmanager: grouped(versionsOf.taskmanager) };
  writeFileSync(file, `${JSON.stringify(byRoles, undefined, 2)}\n`);
}

const asked = process.argv.slice(2);
await writeKeys(asked.length > 0 ? asked : ["1.20.5", "2.2.1", "2.3.0"]);
