import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { buildContext } from "../../scripts/build-context.ts";
import { flinkVersions } from "../../test/support/flink-versions.ts";
import { withProgress } from "../../test/support/progress.ts";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";
import { type Engine, findEngine } from "./engine.ts";

/** What is built once for all files of the suite. */
export interface TestImages {
  /** podman or docker; undefined if neither answers. */
  readonly engine: string | undefined;
  /** The executable that is in the images. */
  readonly binary: string;
  /** By Flink's version. */
  readonly tags: Readonly<Record<string, string>>;
  /** A label that each container of this run has. */
  readonly label: string;
}

declare module "vitest" {
  export interface ProvidedContext {
    readonly images: TestImages;
  }
}

/** Builds an image for each version, and takes away what the tests leave, also when they are interrupted. */
export async function setup(project: TestProject): Promise<() => void> {
  const engine = await findEngine();
  const folder = temporaryFolder();
  const binary = folder.at("context", "sluice");
  const label = `sluice-test=${process.pid}`;
  const tags = Object.fromEntries(flinkVersions.map((version) => [version, `${testImage}:${version}-${process.pid}`]));
  project.provide("images", { engine: engine?.name, binary, tags, label });
  const sweep = () => {
    if (engine !== undefined) removeAll(engine.name, label, Object.values(tags));
    folder[Symbol.dispose]();
  };
  process.once("exit", sweep);
  if (engine !== undefined) {
    await withProgress("building the executable and the plugin", () => buildContext(folder.at("context")));
    for (const [version, tag] of Object.entries(tags)) {
      const build = () => buildImage(engine, folder.at("context"), version, tag);
      await withProgress(`building the image of Flink ${version}`, build);
    }
  }
  return () => {
    process.removeListener("exit", sweep);
    sweep();
  };
}

const testImage = "localhost/sluice-image-test";

/** Builds the image of a version from a folder with the executable. Throws with the engine's stderr. */
export async function buildImage(engine: Engine, context: string, version: string, tag: string): Promise<void> {
  const dockerfile = join(import.meta.dirname, "../Dockerfile");
  // podman's own format has no health check.
  const format = engine.name === "podman" ? ["--format=docker"] : [];
  const options = [`--build-arg=FLINK_VERSION=${version}`, "--network=host", "--file", dockerfile, "--tag", tag];
  await engine.run(["build", ...format, ...options, context]);
}

/** Without a promise: a process that is about to exit waits for none. */
function removeAll(engine: string, label: string, tags: readonly string[]): void {
  const labelled = (...list: readonly string[]) => {
    const { stdout } = spawnSync(engine, [...list, "--quiet", `--filter=label=${label}`], { encoding: "utf8" });
    return stdout.split("\n").filter((name) => name !== "");
  };
  // One may share another's network, so it has to go first: newest first, as ps lists them.
  for (const id of labelled("ps", "--all")) spawnSync(engine, ["rm", "--force", "--time=0", id]);
  for (const kind of ["volume", "network"]) {
    for (const name of labelled(kind, "ls")) spawnSync(engine, [kind, "rm", "--force", name]);
  }
  spawnSync(engine, ["rmi", "--force", ...tags]);
}
