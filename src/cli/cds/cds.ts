import { setTimeout as sleep } from "node:timers/promises";
import { ExitCode } from "../../core/findings/exit-code.ts";
import type { Plan } from "../../core/plan/plan.ts";
import {
  archiveFiles,
  archiveFolder,
  type ArchiveRecord,
  type ArchiveRole,
  jvmOf,
  makeArchiveRecord,
  oldestArchivingJava,
} from "../../flink/class-data.ts";
import { applyPlan } from "../../shell/run-dir/apply-plan.ts";
import { type BackgroundProcess, startInBackground } from "../../shell/process/background-process.ts";
import { locate, type ReadyExec } from "../../shell/process/exec.ts";
import { countTaskManagers } from "../../shell/process/local-cluster.ts";
import { log } from "../../shell/terminal/log.ts";
import { publishFile, removeFile } from "../../shell/files/publish-file.ts";
import { readFileStamp } from "../../shell/files/read-file.ts";
import { readSystem } from "../../shell/read-system.ts";
import { Seed } from "../../shell/run-dir/seed.ts";
import { inTemporaryFolder } from "../../shell/files/temporary-folder.ts";
import { writeFiles } from "../../shell/files/write-files.ts";
import { type CdsCluster, prepareCluster } from "./cluster.ts";
import { type Environment, planFor } from "../prepare.ts";
import { refuse } from "../run/run.ts";

/** No classes can be recorded; nothing was written. */
export class CannotRecord extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = "CannotRecord";
    this.hint = hint;
  }
}

/** A process whose classes are recorded. */
interface Recording {
  readonly role: ArchiveRole;
  readonly exec: ReadyExec;
  /** In the temporary folder. */
  readonly archive: string;
  readonly output: string;
  readonly record: Omit<ArchiveRecord, "size">;
  /** The folder that the archive is for. */
  readonly folder: string;
}

const roles = ["jobmanager", "taskmanager"] as const;
const names = { jobmanager: "JobManager", taskmanager: "TaskManager" } as const;

/** How long a JVM may take, on a machine that emulates another processor. */
const patienceMs = 300_000;
/** How long the complete cluster is left alone: heartbeats and metrics have classes too. */
const settlingMs = 3000;

/**
 * Starts a JobManager and a TaskManager for some seconds, and archives the classes that they load. Throws {@link CannotRecord},
 * CannotWrite and Interrupted, and then leaves nothing behind.
 */
export function cds(out: string | undefined, environment: Environment): Promise<ExitCode> {
  return inTemporaryFolder(environment["TMPDIR"] ?? "/tmp", async (folder, signal) => {
    const cluster = await prepareCluster(folder, environment);
    const recordings: Recording[] = [];
    for (const role of roles) {
      const own = cluster.environment(role);
      const seed = Seed.random();
      const planned = planFor({ command: [role], environment: own, archives: false });
      if (planned.kind === "problems") return refuse(planned, environment);
      recordings.push(prepare(role, planned.plan, own, { folder, out }));
      applyPlan(planned.plan, () => seed);
    }
    await runAll(recordings, cluster, signal);
    for (const recording of recordings) publish(recording);
    return ExitCode.done;
  });
}

function prepare(
  role: ArchiveRole,
  { exec, flink }: Plan,
  environment: Environment,
  { folder, out }: { readonly folder: string; readonly out: string | undefined },
): Recording {
  const jvm = jvmOf(exec.argv);
  if (jvm === undefined)
    throw new CannotRecord(`Flink ${flink.version} is left to its own scripts`, "use Flink 1.20, 2.2 or 2.3");
  const system = readSystem({ environment });
  const javaHome = exec.path.endsWith("/bin/java")
    ? exec.path.slice(0, -"/bin/java".length)
    : (system.javaOnPath ?? "");
  const record = makeArchiveRecord(jvm.classPath, javaHome, system);
  if ("reason" in record)
    throw new CannotRecord(record.reason, `use a JDK or JRE of version ${oldestArchivingJava} or newer`);
  const { archive } = archiveFiles(folder, role);
  const [java = "", ...options] = exec.argv;
  // Hundreds of classes that cannot be archived would be all that is shown of a JVM that fails.
  const recorder = [`-XX:ArchiveClassesAtExit=${archive}`, "-Xlog:cds*=error"];
  const ready = locate({ ...exec, argv: [java, ...recorder, ...options] }, environment);
  return { role, exec: ready, archive, output: `${archive}.log`, record, folder: out ?? archiveFolder(flink.home) };
}

/** A TaskManager needs its JobManager to start; they may end together. */
async function runAll(recordings: readonly Recording[], cluster: CdsCluster, signal: AbortSignal): Promise<void> {
  const running: BackgroundProcess[] = [];
  for (const { role, exec, output } of recordings) {
    log(`starting a ${names[role]}`);
    const taskManagers = running.length;
    const jvm = startInBackground(exec, output, signal);
    running.push(jvm);
    const isReady = async () => (await countTaskManagers(cluster.restPort, cluster.tls)) === taskManagers;
    await untilReady(isReady, jvm, names[role], signal);
  }
  await sleep(settlingMs, undefined, { signal });
  log("both are ready; stopping them, which archives their classes");
  await Promise.all(running.map((jvm) => jvm.stop()));
  signal.throwIfAborted();
}

async function untilReady(
  isReady: () => Promise<boolean>,
  jvm: BackgroundProcess,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const late = AbortSignal.timeout(patienceMs);
  while (!(await isReady())) {
    const ended = await Promise.race([jvm.ended, sleep(200)]);
    signal.throwIfAborted();
    if (ended === undefined && !late.aborted) continue;
    log(jvm.lastWords());
    const how = ended === undefined ? "did not get ready" : `ended with ${ended}`;
    throw new CannotRecord(`the ${name} ${how}`, "its last lines are above");
  }
}

function publish({ role, archive, record, folder }: Recording): void {
  const size = readFileStamp(archive)?.size;
  if (size === undefined) {
    throw new CannotRecord(
      `the ${names[role]}'s JVM has written no archive`,
      "give the JDK its own archive first, with: java -Xshare:dump",
    );
  }
  const to = archiveFiles(folder, role);
  // An archive without a record is not used; one with another's would be.
  removeFile(to.record);
  publishFile(archive, to.archive);
  const text = `${JSON.stringify({ ...record, size }, null, 2)}\n`;
  writeFiles([{ path: to.record, mode: 0o644, bytes: Buffer.from(text), backup: undefined }]);
  log(`wrote ${to.archive}, ${Math.round(size / 1e6)} MB`);
}
