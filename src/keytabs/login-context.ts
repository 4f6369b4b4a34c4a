import type { Contribution, MergedFlinkConf } from "../core/feature/feature.ts";
import type { Problem } from "../core/findings/problem.ts";
import { kerberosProblems } from "./problems.ts";

const key = "security.kerberos.login.contexts";

/** Has Flink log in for a service with its own principal, whatever a user's configuration says of the others. */
export function loginContext(context: string, because: string): Pick<Contribution, "jaasContexts" | "requires"> {
  return { jaasContexts: [context], requires: (conf) => missing(conf, context, because) };
}

function missing(conf: MergedFlinkConf, context: string, because: string): readonly Problem[] {
  const found = conf.get(key);
  const contexts = String(found?.value ?? context)
    .split(",")
    .map((each) => each.trim());
  if (contexts.includes(context)) return [];
  const text = `${because} needs ${context} in it`;
  return [
    kerberosProblems.problem("context-missing", [found?.owner ?? "", key], text, `add ${context}, or remove ${key}`),
  ];
}
