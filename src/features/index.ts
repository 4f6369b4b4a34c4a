import type { Feature } from "../core/feature.ts";
import { flink } from "./flink/index.ts";
import { plugins } from "./plugins.ts";

/** Every feature, in the order in which plans and the reference show them. */
export const features: readonly Feature[] = [flink, plugins];
