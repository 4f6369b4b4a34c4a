import { afterEach, inject } from "vitest";
import { attempt } from "./programs.ts";

const show = async (...args: readonly string[]) =>
  (await attempt("kubectl", [...args, "--request-timeout=10s"])).stdout;

/** What the cluster knows when a test has failed, and forgets with the namespace: pods, events, and what Flink has warned of. */
async function inside(namespace: string): Promise<string> {
  const of = ["--namespace", namespace];
  const pods = (await show("get", "pods", ...of, "--output=name")).split("\n").filter((name) => name !== "");
  const logs = await Promise.all(
    pods.map(async (pod) => {
      const lines = await show("logs", ...of, pod, "--all-containers", "--tail=2000");
      const warnings = lines.split("\n").filter((line) => /\b(?:WARN|ERROR|sluice:)|Exception\b/.test(line));
      return `--- ${pod}\n${(warnings.length > 0 ? warnings : lines.split("\n")).slice(-15).join("\n")}`;
    }),
  );
  const events = (await show("get", "events", ...of, "--sort-by=.lastTimestamp")).split("\n").slice(-40).join("\n");
  return [await show("get", "pods", ...of, "--output=wide"), events, ...logs].join("\n");
}

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  const run = inject("namespace");
  const all = (await show("get", "namespaces", "--output=jsonpath={.items[*].metadata.name}")).split(" ");
  const namespaces = all.filter((name) => name === run || name.startsWith(`${run}-`));
  const found = await Promise.all(namespaces.map(async (name) => `=== ${name}\n${await inside(name)}`));
  process.stdout.write(`${[`after "${task.name}"`, await show("get", "nodes"), ...found].join("\n")}\n`);
}, 120_000);
