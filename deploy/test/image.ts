import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildContext } from "../../scripts/build-context.ts";
import { withProgress } from "../../test/support/progress.ts";
import { findEngine } from "../../docker/test/engine.ts";
import { buildImage } from "../../docker/test/setup.ts";
import { attempt } from "./programs.ts";

const built = "localhost/flink-sluice:test";
const context = () => join(tmpdir(), "sluice-kubernetes-image");
const done = () => join(context(), "loaded");

/**
 * An image with Sluice that the cluster has. SLUICE_IMAGE names one; otherwise it is built once in a run, and given to the
 * cluster by the command in SLUICE_IMAGE_LOAD, such as `kind load docker-image`, which gets its name as last argument.
 */
export async function image(): Promise<string> {
  const given = process.env["SLUICE_IMAGE"];
  if (given !== undefined && given !== "") return given;
  if (existsSync(done())) return built;
  loadCommand();
  const engine = await findEngine();
  if (engine === undefined)
    throw new Error("neither podman nor docker answers; start one of them, or set SLUICE_IMAGE");
  mkdirSync(context(), { recursive: true });
  await withProgress("building the image", async () => {
    await buildContext(context());
    await buildImage(engine, context(), "2.3.0", built);
  });
  await load(built);
  writeFileSync(done(), "");
  return built;
}

/** At the beginning of a run: an image that an earlier one has built is not of this source. */
export function forgetImage(): void {
  rmSync(done(), { force: true });
}

/** Gives an image to the cluster, by the command in SLUICE_IMAGE_LOAD. */
export async function load(name: string): Promise<void> {
  const command = loadCommand();
  await withProgress(`loading ${name} into the cluster`, async () => {
    const { exitCode, stderr } = await attempt("sh", ["-c", `${command} "$1"`, "sh", name]);
    if (exitCode !== 0) throw new Error(`${command} ${name}: ${stderr}`);
  });
}

function loadCommand(): string {
  const command = process.env["SLUICE_IMAGE_LOAD"] ?? "";
  if (command === "") throw new Error("set SLUICE_IMAGE, or SLUICE_IMAGE_LOAD as CONTRIBUTING.md says");
  return command;
}
