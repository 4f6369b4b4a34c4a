import { ExitCode } from "../../core/findings/exit-code.ts";
import { checkJson, printCheck } from "../../core/findings/print-check.ts";
import { print } from "../../shell/terminal/log.ts";
import type { PlanOptions } from "../arguments.ts";
import { type Environment, planFor, systemFor } from "../prepare.ts";
import { tryNetwork } from "./try-network.ts";

/** Plans, tries over the network what can be tried, and says all of it on stdout. */
export async function check(options: PlanOptions, environment: Environment): Promise<ExitCode> {
  const request = { ...options, environment };
  const system = systemFor(request);
  const planned = planFor(request, system);
  const found = await tryNetwork(planned, system);
  const problems = planned.kind === "problems" ? planned.problems : [];
  const notices = planned.kind === "problems" ? planned.notices : planned.plan.notices;
  const report = {
    ...found,
    problems: [...problems, ...found.problems],
    notices: [...notices, ...found.notices],
  };
  print(options.output === "json" ? checkJson(report) : printCheck(report));
  if (planned.kind === "problems") return ExitCode.settings;
  return found.problems.length > 0 ? ExitCode.unavailable : ExitCode.done;
}
