import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { forgetImage } from "./image.ts";
import { restoreNodes } from "./nodes.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A namespace that only this run has, made from deploy/namespace.yaml when a test needs it. */
    readonly namespace: string;
  }
}

/** Namespaces beside the run's own, by what is put behind its name. */
const others = "outside dry operator certificates cert-manager native hdfs native-hdfs chart-hdfs".split(" ");

/**
 * Before the first test file: a name. After the last one, also when the run is interrupted: no node is cut off, and nothing of
 * the run is left, unless SLUICE_TEST_NAMESPACE has named it.
 */
export function setup(project: TestProject): () => void {
  const kept = process.env["SLUICE_TEST_NAMESPACE"];
  const namespace = kept ?? `sluice-test-${randomBytes(3).toString("hex")}`;
  project.provide("namespace", namespace);
  forgetImage();
  const remove = () => {
    restoreNodes(namespace);
    if (kept !== undefined) return;
    const made = [namespace, ...others.map((suffix) => `${namespace}-${suffix}`)];
    spawnSync("kubectl", [
      "delete",
      "namespace",
      ...made,
      "--ignore-not-found",
      "--wait=false",
      "--request-timeout=10s",
    ]);
  };
  process.once("exit", remove);
  return () => {
    process.removeListener("exit", remove);
    remove();
  };
}

/** deploy/namespace.yaml for a namespace of another name. */
export function namespaceManifest(namespace: string): string {
  const manifest = readFileSync(join(import.meta.dirname, "../namespace.yaml"), "utf8");
  return manifest.replaceAll(/^(\s*(?:name|namespace): )flink$/gm, `$1${namespace}`);
}
