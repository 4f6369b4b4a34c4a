import { join } from "node:path";
import { FlinkCluster } from "../../test/support/flink-cluster.ts";
import { withProgress } from "../../test/support/progress.ts";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";
import { buildWordCount } from "../../test/support/word-count.ts";
import { DemoFailed } from "./demo-failed.ts";
import { checkJava, chooseUser, findFlink } from "./prerequisites.ts";
import { proveClosed } from "./prove-closed.ts";
import { runJob } from "./run-job.ts";
import { heading, line, quote, styled } from "./show.ts";

/**
 * Runs the whole demo. Whatever happens, nothing stays behind, unless it went well and `keep` is set.
 * @throws NotAvailable, DemoFailed
 */
export async function demonstrate({ keep, signal }: { keep: boolean; signal: AbortSignal }): Promise<void> {
  line(styled("bold", "Sluice: a Flink cluster with mutual TLS on every port"));
  line(`  Java    ${await checkJava()}`);
  const flink = await findFlink(signal);
  line(`  Flink   ${flink.version}, ${flink.home}`);
  const user = await chooseUser(flink.home);
  line(`  user    ${user === undefined ? "yours" : `uid ${user.uid}, as in Flink's own image`}`);
  const folder = temporaryFolder(user, "demo");
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
  if (plan.exitCode !== 0) throw new DemoFailed(`sluice plan ends with ${plan.exitCode}\n${plan.stderr}`);
  quote(plan.stdout);
}

async function start(cluster: FlinkCluster): Promise<void> {
  heading("Starting a JobManager and two TaskManagers (sluice run)");
  await withProgress("  waiting for the cluster", () => cluster.start());
  const [jobManager, ...taskManagers] = cluster.processes;
  line(`  JobManager   pid ${jobManager?.pid}`);
  for (const { pid } of taskManagers) line(`  TaskManager  pid ${pid}`);
  const warnings = cluster.output().match(/^sluice: (warning|hint): .*$/gm) ?? [];
  if (warnings.length > 0) quote([...new Set(warnings)].join("\n"));
}

function showHowToOpen(cluster: FlinkCluster, folder: string): void {
  const rest = join(cluster.certificates("rest"));
  const url = `https://localhost:${cluster.ports.rest}`;
  const pids = cluster.processes.map(({ pid }) => pid).join(" ");
  heading("It is still running");
  line(`  web UI   import ${rest}/keystore.p12 in your browser,`);
  line(`           its password is in ${rest}/password; then open ${url}`);
  line(`  curl     curl --cacert ${rest}/ca.crt --cert ${rest}/tls.crt --key ${rest}/tls.key ${url}/overview`);
  line(`  logs     ${folder}/*.log`);
  line(`  to stop  kill ${pids} && sleep 5 && rm -r ${folder}`);
}
