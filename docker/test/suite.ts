import { beforeEach, inject } from "vitest";
import { flinkVersions } from "../../test/support/flink-versions.ts";
import { Engine, type EngineResult } from "./engine.ts";

const images = inject("images");

/** The engine that the images were built with. */
export const engine = new Engine(images.engine ?? "podman");
export const hasEngine = images.engine !== undefined;
/** The executable that is in the images. */
export const { binary, label } = images;
export const isFull = process.env["SLUICE_TEST_FULL"] === "1";

export const versions = flinkVersions;
export type Version = (typeof versions)[number];

/** Skips the tests of a file on a machine without an engine. */
export function skipWithoutEngine(): void {
  beforeEach((context) => context.skip(!hasEngine, "neither podman nor docker answers; start one of them"));
}

export function imageOf(version: Version): string {
  return images.tags[version] ?? "";
}

/** A name that no other run has. */
export function containerName(name: string): string {
  return `sluice-${images.label.replace(/\D/g, "")}-${name}`;
}

/** Options that let the end of the run find the container. */
export function labelled(name: string): readonly string[] {
  return [`--name=${containerName(name)}`, `--label=${images.label}`];
}

/** Variables as options. */
export function variables(env: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(env).map(([name, value]) => `--env=${name}=${value}`);
}

/** Runs a command in a container of its own, which has no network, and is gone afterwards. */
export function runOnce(
  version: Version,
  command: readonly string[],
  options: readonly string[] = [],
): Promise<EngineResult> {
  // podman without systemd says on stderr that it cannot watch a container's health.
  return engine.try(["run", "--rm", "--network=none", "--no-healthcheck", ...options, imageOf(version), ...command]);
}
