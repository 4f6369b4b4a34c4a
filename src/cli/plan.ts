import type { Planned } from "../core/plan/assemble.ts";
import { ExitCode } from "../core/findings/exit-code.ts";
import { planJson } from "../core/plan/plan-json.ts";
import { printPlan } from "../core/plan/print-plan.ts";
import { print } from "../shell/terminal/log.ts";
import type { PlanOptions } from "./arguments.ts";
import { planAttached } from "./run/running-configuration.ts";
import { type Environment, planFor } from "./prepare.ts";
import { logNotices, refuse } from "./run/run.ts";

/** Prints the plan; exit code 78 if there are problems instead. */
export function plan(request: PlanOptions, environment: Environment): ExitCode {
  const planned = planHere(request, environment);
  if (request.output === "json") print(planJson(planned));
  if (planned.kind === "problems") return refuse(planned, environment);
  if (request.output === "text") {
    print(printPlan(planned.plan));
    logNotices(planned.plan.notices, environment);
  }
  return ExitCode.done;
}

/** For a command beside a running process, the plan uses that process' configuration. */
function planHere(request: PlanOptions, environment: Environment): Planned {
  const isHere = request.root === undefined && request.flinkVersion === undefined;
  const attached = isHere ? planAttached(request.command, environment, request.configOf) : undefined;
  if (attached !== undefined) return { kind: "plan", plan: attached.plan, probes: () => [] };
  return planFor({ ...request, environment });
}
