import { beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chartValues } from "../../scripts/chart-values.ts";
import { headings } from "./documented.ts";
import { attempt, chart, environments, missing, render, valuesOf } from "./programs.ts";

const why = await missing(["helm", "kubeconform", "kube-score"]);
const application = ["--set", "mode=application,job.className=org.example.Job"];

/** Every way in which the chart is meant to be installed. */
const installs = ["", ...environments].flatMap((environment) => [
  { name: `${environment || "default"} values, session`, args: valuesOf(environment) },
  { name: `${environment || "default"} values, application`, args: [...valuesOf(environment), ...application] },
]);

beforeEach((context) => {
  if (why !== undefined) context.skip(why);
});

describe.each(installs)("$name", ({ args }) => {
  it("has nothing that helm lint minds", async () => {
    const { exitCode, stdout } = await attempt("helm", ["lint", "--strict", chart, "--kube-version=1.34.0", ...args]);
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toContain("1 chart(s) linted, 0 chart(s) failed");
  });

  it("is valid by Kubernetes' own schemas, with no unknown field", async () => {
    const schemas = process.env["KUBE_SCHEMAS"] ?? "default";
    const options = ["-strict", "-summary", "-output=json", "-schema-location", schemas, "-skip=Certificate"];
    const { exitCode, stdout } = await attempt("kubeconform", options, await render(...args));
    expect(exitCode, stdout).toBe(0);
    const { valid, skipped } = (JSON.parse(stdout) as { summary: { valid: number; skipped: number } }).summary;
    expect(valid).toBeGreaterThan(20);
    expect(skipped).toBe(args.some((arg) => /staging|prod/.test(arg)) ? 2 : 0);
  });

  it("has nothing that kube-score calls critical", async () => {
    const { stdout } = await attempt("kube-score", ["score", "--output-format=ci", "-"], await render(...args));
    expect(stdout).toContain("[OK] flink-jobmanager apps/v1/Deployment");
    expect(stdout.split("\n").filter((line) => line.startsWith("[CRITICAL]"))).toEqual([]);
  });
});

describe("the values", () => {
  const defaults = parse(readFileSync(join(chart, "values.yaml"), "utf8")) as Record<string, unknown>;

  it.each(chartValues().filter(({ path }) => path !== "global"))("$path is described and has a default", (value) => {
    expect(value.description).not.toBe("");
    expect(value.fallback, `${value.path} is not in values.yaml`).not.toBe(undefined);
  });

  it.each(environments)("of %s differ from the defaults where they say something", (environment) => {
    const own = parse(readFileSync(join(chart, `values-${environment}.yaml`), "utf8")) as Record<string, unknown>;
    expect(same(own, defaults, "")).toEqual([]);
  });
});

/** The paths at which a value repeats its default. */
function same(own: unknown, defaults: unknown, path: string): readonly string[] {
  if (JSON.stringify(own) === JSON.stringify(defaults)) return [path];
  if (own === null || typeof own !== "object" || Array.isArray(own)) return [];
  return Object.entries(own).flatMap(([key, value]) =>
    same(value, (defaults as Record<string, unknown> | undefined)?.[key], `${path}.${key}`),
  );
}

describe("docs/kubernetes.md", () => {
  const tests = readdirSync(import.meta.dirname)
    .filter((name) => name !== "chart.test.ts" && name.endsWith(".ts"))
    .map((name) => readFileSync(join(import.meta.dirname, name), "utf8"))
    .join("\n");

  it.each(headings)("%s: the commands are run by a test", (heading) => {
    expect(tests).toContain(`"${heading}"`);
  });
});
