import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { attempt, missing } from "./programs.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A namespace that only this run has, made from deploy/namespace.yaml when a test needs it. */
    readonly namespace: string;
  }
}

/** Before the first test file: a name. After the last one: nothing of it is left, unless SLUICE_TEST_NAMESPACE has named it. */
export function setup(project: TestProject): () => Promise<void> {
  const kept = process.env["SLUICE_TEST_NAMESPACE"];
  const namespace = kept ?? `sluice-test-${randomBytes(3).toString("hex")}`;
  project.provide("namespace", namespace);
  const remove = async (): Promise<void> => {
    if (kept !== undefined) return;
    if ((await missing(["kubectl"], true)) !== undefined) return;
    await attempt("kubectl", ["delete", "namespace", namespace, "--ignore-not-found", "--timeout=120s"]);
  };
  return remove;
}

/** deploy/namespace.yaml for a namespace of another name. */
export function namespaceManifest(namespace: string): string {
  const manifest = readFileSync(join(import.meta.dirname, "../namespace.yaml"), "utf8");
  return manifest.replaceAll(/^(\s*(?:name|namespace): )flink$/gm, `$1${namespace}`);
}
