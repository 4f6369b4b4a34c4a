import { assemble, type Launcher, type Owned, type Planned } from "./assemble.ts";
import type { Feature, FeatureOutputs } from "../feature/feature.ts";
import type { Notice, Problem } from "../findings/problem.ts";
import type { EnvSpec } from "../settings/declaration.ts";
import { type ParsedSettings, parseSettings } from "../settings/settings.ts";
import { hostOptionNotice } from "./operator-host.ts";
import type { Role } from "./run-dir.ts";
import type { System } from "../system/system.ts";
import { orderFeatures } from "./order-features.ts";
import { makeTarget, targetDeclaration } from "./target.ts";

/** What a plan is made from. */
export interface PlanInput {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly features: readonly Feature[];
  readonly system: System;
  readonly launch: Launcher;
  /** What a command starts, with the Flink in a folder. */
  readonly roleOf: (command: readonly string[], flinkHome: string) => Role;
  /** Instead of the version that FLINK_HOME shows. */
  readonly flinkVersion?: string | undefined;
}

/** Decides everything and touches nothing. Never throws for bad input: that is what problems are for. */
export function makePlan(input: PlanInput): Planned {
  const { command, environment, features, system, launch, roleOf, flinkVersion } = input;
  const settings = parseSettings([targetDeclaration, ...features], environment, system);
  const target = makeTarget(settings, { command, roleOf, system, assumedVersion: flinkVersion });
  const usable = features.filter(
    (feature) => ![targetDeclaration, feature].some(({ env }) => isLost(env, settings.problems)),
  );
  const planned = orderFeatures(usable).filter((feature) => feature.enabled(settings.of(feature)));
  const unused = usable.filter((feature) => !planned.includes(feature)).flatMap((feature) => unread(feature, settings));
  const owned: Owned[] = [];
  let outputs: FeatureOutputs = {};
  for (const feature of planned) {
    const contribution = feature.plan(settings.of(feature), target, system, outputs);
    owned.push({ owner: feature.name, contribution });
    outputs = { ...outputs, ...contribution.outputs };
  }
  const notices = [...settings.notices, ...unused, ...hostOptionNotice(command, target)];
  return assemble(target, owned, launch, { ...settings, notices });
}

/** A warning for each variable of a feature that is not enabled. */
function unread(feature: Feature, settings: ParsedSettings): readonly Notice[] {
  const hint = feature.turnOn === undefined ? {} : { hint: `set ${feature.turnOn} as well` };
  return settings.given(feature).map((name) => ({ level: "warning", where: [name], text: "it is not read", ...hint }));
}

/** Whether what would be planned, and found wrong, only followed from a variable that is wrong itself. */
function isLost(env: EnvSpec, problems: readonly Problem[]): boolean {
  const wrong = new Set(problems.map(({ where }) => where[0]));
  return Object.entries(env).some(
    ([name, { leadsToFiles = false }]) => leadsToFiles && (wrong.has(name) || wrong.has(`${name}_FILE`)),
  );
}
