import { join } from "node:path";
import { type Knock, knockEverywhere, clients, portsOf } from "../../test/support/closed-ports.ts";
import { FlinkCluster } from "../../test/support/flink-cluster.ts";
import { withProgress } from "../../test/support/progress.ts";
import { temporaryFolder } from "../../test/support/temporary-folder.ts";
import { buildWordCount, copyText, readCounts } from "../../test/support/word-count.ts";
import { checkJava, chooseUser, findFlink } from "./prerequisites.ts";
import { heading, line, quote, styled, table } from "./show.ts";

/** The demo did not show what it promises. */
export class DemoFailed extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

const report = "report it with all of the output above";

/** Runs the whole demo. Whatever happens, nothing stays behind, unless it went well and `keep` is set. */
export async function demonstrate({ keep, signal }: { keep: boolean; signal: AbortSignal }): Promise<void> {
  line(styled("bold", "Sluice: a Flink cluster with mutual TLS on every port"));
  line(`  Java    ${await checkJava()}`);
  const flink = await findFlink(signal);
  line(`  Flink   ${flink.version}, ${flink.home}`);
  const probeFolder = temporaryFolder();
  const user = await chooseUser([flink.home, join(flink.home, "lib"), probeFolder.path]);
  probeFolder[Symbol.dispose]();
  const folder = temporaryFolder(user);
  line(`  user    ${user === undefined ? "the one you are" : `uid ${user.uid}, as in Flink's own image`}`);
  line(`  folder  ${folder.path}`);
  let cluster: FlinkCluster | undefined;
  let kept = false;
  try {
    const jar = await buildWordCount(flink.home, folder.path);
    cluster = await FlinkCluster.prepare({
      flinkHome: flink.home,
      folder: folder.path,
      key: "rsa",
      taskManagers: 2,
      user,
      restNames: ["localhost", "127.0.0.1"],
      outlives: keep,
      signal,
    });
    await showPlan(cluster);
    await start(cluster);
    await runJob(cluster, jar, folder.path);
    await proveClosed(cluster);
    kept = keep;
    if (kept) showHowToOpen(cluster, folder.path);
  } finally {
    if (!kept) {
      heading("Stopping");
      await cluster?.stop();
      folder[Symbol.dispose]();
      line(`  every process has ended, ${folder.path} is removed`);
    }
  }
}

async function showPlan(cluster: FlinkCluster): Promise<void> {
  heading("What sluice will do for the JobManager (sluice plan jobmanager)");
  const plan = await cluster.plan();
  if (plan.exitCode !== 0) throw new DemoFailed(`sluice plan ends with ${plan.exitCode}\n${plan.stderr}`, report);
  quote(plan.stdout);
}

async function start(cluster: FlinkCluster): Promise<void> {
  heading("Starting a JobManager and two TaskManagers (sluice run)");
  await withProgress("  waiting for the cluster", () => cluster.start());
  for (const process of cluster.processes) line(`  pid ${process.pid}`);
  const own = cluster
    .output()
    .split("\n")
    .filter((text) => text.startsWith("sluice: "));
  quote(own.join("\n"));
}

async function runJob(cluster: FlinkCluster, jar: string, folder: string): Promise<void> {
  const text = join(folder, "text");
  const output = join(folder, "tmp/client/counts");
  const { files, counts } = copyText(text);
  const words = [...counts.values()].reduce((sum, count) => sum + count, 0);
  heading(
    `Counting the ${words.toLocaleString("en")} words of Node's documentation, ${files} files (sluice run flink run)`,
  );
  const run = await withProgress("  running the job", () => cluster.run("flink", "run", jar, text, output));
  const [job] = await cluster.rest.jobs();
  if (run.exitCode !== 0 || job?.state !== "FINISHED") {
    quote(run.stdout + run.stderr);
    throw new DemoFailed(`the job is ${job?.state ?? "not there"}\n${cluster.lastWords()}`, report);
  }
  const found = readCounts(output);
  const most = [...found].toSorted(([, a], [, b]) => b - a).slice(0, 5);
  line(`  ${job.name} ${job.jid}: ${styled("green", job.state)} on ${await taskManagers(cluster)} TaskManagers`);
  line(`  most frequent: ${most.map(([word, count]) => `${word} ${count}`).join(", ")}`);
  const same = found.size === counts.size && [...counts].every(([word, count]) => found.get(word) === count);
  if (!same) throw new DemoFailed("the job's counts are not those of the text", report);
  line(`  all ${counts.size} counts are the same as without Flink`);
}

async function taskManagers(cluster: FlinkCluster): Promise<number> {
  const [job] = await cluster.rest.jobs();
  if (job === undefined) return 0;
  const each = await Promise.all(job.vertices.map((vertex) => cluster.rest.taskManagersOf(job, vertex)));
  return new Set(each.flat()).size;
}

async function proveClosed(cluster: FlinkCluster): Promise<void> {
  heading("Who is let in?");
  const knocks = await knockEverywhere(cluster);
  const cell = (port: string, client: string) =>
    knocks.find((knock) => knock.port === port && knock.client === client)?.result.outcome ?? "";
  const rows = portsOf(cluster).map(([port, number]) => [
    `${port} ${number}`,
    ...clients.map((client) => cell(port, client)),
  ]);
  table([["", ...clients], ...rows], colour);
  const wrong = knocks.filter((knock) => !isRight(knock));
  if (wrong.length === 0) return;
  const first = wrong.map(({ port, client, result }) => `${port}, ${client}: ${result.outcome} (${result.detail})`);
  throw new DemoFailed(`the cluster is not closed: ${first.join("; ")}`, report);
}

function isRight({ client, result }: Knock): boolean {
  return (result.outcome === "accepted") === (client === "the cluster's own");
}

function colour(cell: string): string {
  if (cell === "accepted") return styled("green", cell);
  return cell === "refused" || cell === "redirected" ? styled("yellow", cell) : cell;
}

function showHowToOpen(cluster: FlinkCluster, folder: string): void {
  const rest = cluster.certificates("rest");
  const url = `https://localhost:${cluster.ports.rest}`;
  const pids = cluster.processes.map(({ pid }) => pid).join(" ");
  heading("It is still running");
  line(
    `  web UI   ${url}, with the certificate ${rest}/keystore.p12 imported in your browser (password in ${rest}/password)`,
  );
  line(`  curl     curl --cacert ${rest}/ca.crt --cert ${rest}/tls.crt --key ${rest}/tls.key ${url}/overview`);
  line(`  logs     ${folder}/*.log`);
  line(`  to stop  kill ${pids}; rm -r ${folder}`);
}
