import type { Planned } from "../core/plan/assemble.ts";
import { makePlan } from "../core/plan/make-plan.ts";
import { features } from "../features/index.ts";
import type { System } from "../core/system/system.ts";
import { readSystem } from "../shell/read-system.ts";
import { roleOf } from "../flink/recognise-command.ts";
import { launcher } from "../flink/launcher.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a plan is asked for. */
export interface PlanRequest {
  readonly command: readonly string[];
  readonly environment: Environment;
  readonly root?: string | undefined;
  readonly flinkVersion?: string | undefined;
  /** Whether the JVM gets class-data archives; by default it does. */
  readonly archives?: boolean;
}

/** The real world, or what is below a root folder. */
export function systemFor({ environment, root }: PlanRequest): System {
  return readSystem({ environment, root });
}

/** The plan for a command in that world. */
export function planFor(request: PlanRequest, system: System = systemFor(request)): Planned {
  const { command, environment, flinkVersion, archives } = request;
  return makePlan({
    command,
    environment,
    features,
    system,
    launch: launcher(system, environment, archives),
    roleOf,
    flinkVersion,
  });
}
