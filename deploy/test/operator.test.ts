import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { cacheFolder } from "../../test/support/flink-home.ts";
import { withProgress } from "../../test/support/progress.ts";
import { makeDefinitions, removeDefinitions } from "./definitions.ts";
import { attempt, missing, run } from "./programs.ts";

const version = "1.10.0";
const examples = join(import.meta.dirname, "../operator");
const why = await missing(["kubectl", "mvn", "jar"], true);
const namespace = `${inject("namespace")}-operator`;
let made: readonly string[] = [];

/** The Operator's CRDs, from its API's jar on Maven Central. */
async function definitions(): Promise<readonly string[]> {
  const folder = join(cacheFolder(process.env), `flink-kubernetes-operator-api-${version}`);
  const inside = join(folder, "META-INF/fabric8");
  if (!existsSync(inside)) {
    await withProgress(`downloading the CRDs of the Operator ${version}`, async () => {
      mkdirSync(folder, { recursive: true });
      const artifact = `org.apache.flink:flink-kubernetes-operator-api:${version}`;
      const copy = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";
      const where = [`-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`];
      await run("mvn", ["--batch-mode", "--quiet", copy, ...where]);
      const jar = join(folder, `flink-kubernetes-operator-api-${version}.jar`);
      await run("sh", ["-c", 'cd "$1" && jar xf "$2" META-INF/fabric8', "sh", folder, jar]);
    });
  }
  return readdirSync(inside)
    .filter((name) => name.endsWith("-v1.yml"))
    .map((name) => join(inside, name));
}

beforeEach((context) => {
  if (why !== undefined) context.skip(why);
});
beforeAll(async () => {
  if (why !== undefined) return;
  // Where the Operator is installed they are there already, and stay.
  made = await makeDefinitions(await definitions());
  await run("kubectl", ["create", "namespace", namespace]);
});
afterAll(async () => {
  if (why !== undefined) return;
  await attempt("kubectl", ["delete", "namespace", namespace, "--wait=false"]);
  await removeDefinitions(made);
});

const dryRun = ["apply", "--dry-run=server", "--namespace", namespace, "--filename=-"];

describe.each(readdirSync(examples).filter((name) => name.endsWith(".yaml")))("%s", (name) => {
  const manifest = readFileSync(join(examples, name), "utf8");

  it("is taken by the API server, by the Operator's own CRDs", async () => {
    const { exitCode, stdout, stderr } = await attempt("kubectl", dryRun, manifest);
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toContain("flinkdeployment.flink.apache.org/");
  });

  it("would not be taken with a field that is not there", async () => {
    const wrong = manifest.replace("serviceAccount:", "serviceAcount:");
    expect((await attempt("kubectl", dryRun, wrong)).stderr).toContain('unknown field "spec.serviceAcount"');
  });
});
