import { afterEach, inject } from "vitest";
import { attempt } from "./programs.ts";

const show = async (...args: readonly string[]) =>
  (await attempt("kubectl", [...args, "--request-timeout=10s"])).stdout;

/** What a pod's containers say: what they have warned of, and their last words; with `--previous`, of those that have ended. */
async function said(namespace: string, pod: string, ...options: readonly string[]): Promise<readonly string[]> {
  const all = await show("logs", "--namespace", namespace, pod, "--all-containers", "--tail=2000", ...options);
  const lines = all.split("\n").filter((line) => line !== "");
  const warnings = lines.filter((line) => /\b(?:WARN|ERROR|sluice:)|Exception\b/.test(line)).slice(-15);
  const last = lines.slice(-15);
  if (last.length === 0) return [];
  return [`--- ${[pod, ...options].join(" ")}`, ...warnings.filter((line) => !last.includes(line)), ...last];
}

/** What the cluster knows when a test has failed, and forgets with the namespace: pods, events, and what their containers say. */
async function inside(namespace: string): Promise<string> {
  const of = ["--namespace", namespace];
  const pods = (await show("get", "pods", ...of, "--output=name")).split("\n").filter((name) => name !== "");
  const logs = await Promise.all(pods.flatMap((pod) => [said(namespace, pod), said(namespace, pod, "--previous")]));
  const events = (await show("get", "events", ...of, "--sort-by=.lastTimestamp")).split("\n").slice(-40).join("\n");
  return [await show("get", "pods", ...of, "--output=wide"), events, ...logs.flat()].join("\n");
}

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  const run = inject("namespace");
  const all = (await show("get", "namespaces", "--output=jsonpath={.items[*].metadata.name}")).split(" ");
  const namespaces = all.filter((name) => name === run || name.startsWith(`${run}-`));
  const found = await Promise.all(namespaces.map(async (name) => `=== ${name}\n${await inside(name)}`));
  process.stdout.write(`${[`after "${task.name}"`, await show("get", "nodes"), ...found].join("\n")}\n`);
}, 120_000);
