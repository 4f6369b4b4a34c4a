import type { Contribution, Feature, MergedFlinkConf, FeatureOutputs } from "../../src/core/feature/feature.ts";
import type { Notice, Problem } from "../../src/core/findings/problem.ts";
import type { EnvSpec } from "../../src/core/settings/declaration.ts";
import { parseSettings } from "../../src/core/settings/settings.ts";
import type { System } from "../../src/core/system/system.ts";
import { makeTarget, targetDeclaration } from "../../src/core/plan/target.ts";
import { roleOf } from "../../src/flink/recognise-command.ts";
import { fakeSystem } from "./fake-system.ts";
import { material } from "./certificates.ts";

export interface World {
  readonly environment?: Readonly<Record<string, string>>;
  /** By path: a text, bytes, or for a name in square brackets test material: `[ec.crt]`. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly system?: Partial<System>;
  readonly command?: readonly string[];
  readonly flinkVersion?: string;
  /** Of the features before it. */
  readonly outputs?: FeatureOutputs;
  /** Of the merged configuration, besides what the feature itself sets. */
  readonly conf?: Readonly<Record<string, string>>;
}

export interface PlannedFeature {
  readonly contribution: Contribution;
  readonly conf: Readonly<Record<string, string>>;
  /** Of the plan and of what it requires. */
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
  /** `code where: where: text`. */
  readonly problemLines: readonly string[];
  readonly noticeLines: readonly string[];
}

/** What one feature plans in a world of its own. */
export function planFeature<S extends EnvSpec>(feature: Feature<S>, world: World): PlannedFeature {
  const { environment = {}, files = {}, command = ["jobmanager"], flinkVersion } = world;
  const system = fakeSystem(
    Object.fromEntries(Object.entries(files).map(([path, content]) => [path, made(content)])),
    world.system,
  );
  const settings = parseSettings([targetDeclaration, feature], environment, system);
  const target = makeTarget(settings, { command, roleOf, system, assumedVersion: flinkVersion });
  const own = settings.of(feature);
  const contribution = feature.enabled(own) ? feature.plan(own, target, system, world.outputs ?? {}) : {};
  const entries = contribution.flinkConf ?? [];
  const merged: MergedFlinkConf = new Map([
    ...entries.map(({ key, value }) => [key, { value, owner: feature.name }] as const),
    ...Object.entries(world.conf ?? {}).map(([key, value]) => [key, { value, owner: "config.yaml" }] as const),
  ]);
  const findings = contribution.requires?.(merged) ?? [];
  const problems = [...settings.problems, ...(contribution.problems ?? []), ...findings.filter((one) => "code" in one)];
  const notices = [...settings.notices, ...(contribution.notices ?? []), ...findings.filter((one) => "level" in one)];
  return {
    contribution,
    conf: Object.fromEntries(entries.map(({ key, value }) => [key, String(value)])),
    problems,
    notices,
    problemLines: problems.map(({ code, where, text }) => `${code} ${[...where, text].join(": ")}`),
    noticeLines: notices.map(({ level, where, text }) => `${level} ${[...where, text].join(": ")}`),
  };
}

function made(content: string | Uint8Array): string | Uint8Array {
  const name = typeof content === "string" ? /^\[(.*)\]$/.exec(content)?.[1] : undefined;
  return name === undefined ? content : material(name);
}
