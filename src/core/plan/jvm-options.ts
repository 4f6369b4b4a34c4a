import type { Contribution, Target } from "../feature/feature.ts";
import type { MergedKey } from "./merge-flink-conf.ts";
import type { FlinkValue } from "./plan.ts";
import { Secret } from "../../secret.ts";

const allOptions = "env.java.opts.all";
/** Read by Flink's scripts when `env.java.opts.all` is not there. */
const legacyAllOptions = "env.java.opts";

interface WithOptions {
  readonly conf: ReadonlyMap<string, MergedKey>;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Adds the features' JVM options to the user's. Flink's scripts read no `env.java.opts.all` when FLINK_ENV_JAVA_OPTS is set,
 * and no `env.java.opts` when `env.java.opts.all` is (config.sh, 1.20 to 2.3).
 */
export function withJvmOptions(
  target: Target,
  owned: readonly { readonly owner: string; readonly contribution: Contribution }[],
  conf: ReadonlyMap<string, MergedKey>,
): WithOptions {
  const contributing = owned.filter(({ contribution }) => (contribution.jvmOptions ?? []).length > 0);
  const ours = contributing.flatMap(({ contribution }) => contribution.jvmOptions ?? []);
  const preset = target.variable("FLINK_ENV_JAVA_OPTS");
  if (ours.length === 0) return { conf: new Map(), env: {} };
  if (preset !== undefined)
    return { conf: new Map(), env: { FLINK_ENV_JAVA_OPTS: [String(preset), ...ours].join(" ") } };
  const user = conf.get(allOptions) ?? conf.get(legacyAllOptions);
  const owner = [user?.owner, ...contributing.map((each) => each.owner)]
    .filter((name) => name !== undefined)
    .join(" + ");
  return {
    conf: new Map([[allOptions, { value: append(user?.value, ours.join(" ")), owner, hidden: user?.hidden }]]),
    env: {},
  };
}

function append(value: FlinkValue | undefined, more: string): FlinkValue {
  const join = (text: string) => `${text.trim()} ${more}`;
  if (value === undefined) return more;
  return value instanceof Secret ? value.map(join) : join(value);
}
