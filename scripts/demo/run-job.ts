import { join } from "node:path";
import type { FlinkCluster } from "../../test/support/flink-cluster.ts";
import { withProgress } from "../../test/support/progress.ts";
import { copyText, readCounts } from "../../test/support/word-count.ts";
import { DemoFailed } from "./demo-failed.ts";
import { heading, line, quote, styled } from "./show.ts";

/** Runs WordCount over a real text, and compares the result with a count made without Flink. Throws DemoFailed. */
export async function runJob(cluster: FlinkCluster, jar: string, folder: string): Promise<void> {
  const text = join(folder, "text");
  const output = join(folder, "tmp/client/counts");
  const { files, counts } = copyText(text);
  const words = [...counts.values()].reduce((sum, count) => sum + count, 0).toLocaleString("en");
  heading(`A job: count the ${words} words of Node's documentation, ${files} files (sluice run flink run)`);
  const run = await withProgress("  running the job", () => cluster.run("flink", "run", jar, text, output));
  const [job] = await cluster.rest.jobs();
  if (run.exitCode !== 0 || job?.state !== "FINISHED") {
    quote(run.stdout + run.stderr);
    throw new DemoFailed(`the job is ${job?.state ?? "not there"}\n${cluster.lastWords()}`);
  }
  const taskManagers = new Set((await cluster.rest.taskManagersOf(job)).flat());
  line(`  ${job.name} ${job.jid}: ${styled("green", job.state)} on ${taskManagers.size} TaskManagers`);
  const found = readCounts(output);
  const most = [...found].toSorted(([, a], [, b]) => b - a).slice(0, 5);
  line(`  most frequent: ${most.map(([word, count]) => `${word} ${count}`).join(", ")}`);
  const same = found.size === counts.size && [...counts].every(([word, count]) => found.get(word) === count);
  if (!same) throw new DemoFailed("the job's counts are not those of the text");
  line(`  all ${counts.size} counts are the same as without Flink`);
}
