import { FormatError } from "../formats/format-error.ts";
import type { Contribution, Target, UserConf } from "./feature.ts";
import { mergeFlinkConf, type MergedKey, type OwnedEntry, unwritable } from "./merge-flink-conf.ts";
import type { Exec, FlinkValue, OwnedFlinkKey, Plan, PlannedFile } from "./plan.ts";
import type { Notice, Problem } from "./problem.ts";
import { Secret } from "./secret.ts";

/** One feature's contribution, with its name. */
export interface Owned {
  readonly owner: string;
  readonly contribution: Contribution;
}

/** Either a whole plan, or everything that stands against it. The notices are there in both cases. */
export type Planned =
  | { readonly kind: "plan"; readonly plan: Plan }
  | { readonly kind: "problems"; readonly problems: readonly Problem[]; readonly notices: readonly Notice[] };

/** What the launch is computed from. */
export interface LaunchInput {
  readonly target: Target;
  readonly conf: ReadonlyMap<string, MergedKey>;
  readonly set: Readonly<Record<string, string>>;
  readonly unset: readonly string[];
}

const allOptions = "env.java.opts.all";
/** Read by Flink's scripts when `env.java.opts.all` is not there. */
const legacyAllOptions = "env.java.opts";

/** Merges what the features contribute into one plan. */
export function assemble(
  target: Target,
  owned: readonly Owned[],
  launch: (input: LaunchInput) => Exec | readonly Problem[],
  earlier: { readonly problems: readonly Problem[]; readonly notices: readonly Notice[]; readonly unset: readonly string[] },
): Planned {
  const contributions = owned.map(({ contribution }) => contribution);
  const user = contributions.find(({ userConf }) => userConf !== undefined)?.userConf ?? emptyUserConf;
  const entries = owned.flatMap(({ owner, contribution }) =>
    (contribution.flinkConf ?? []).map((entry): OwnedEntry => ({ ...entry, owner })),
  );
  const merge = mergeFlinkConf(entries, user);
  const problems = [...earlier.problems, ...contributions.flatMap((each) => each.problems ?? []), ...merge.problems];
  const notices = [...earlier.notices, ...contributions.flatMap((each) => each.notices ?? [])];
  for (const finding of contributions.flatMap((each) => each.requires?.(merge.effective) ?? [])) {
    if ("code" in finding) problems.push(finding);
    else notices.push(finding);
  }
  const options = withJvmOptions(target, owned, merge.effective);
  const conf = new Map([...merge.effective, ...options.conf]);
  const changes = new Map([...merge.changes, ...[...options.conf].map(([key, { value }]) => [key, value] as const)]);
  const set = { ...options.env, ...Object.assign({}, ...contributions.map(({ env }) => env ?? {})) };
  const exec = problems.length > 0 ? [] : launch({ target, conf, set, unset: earlier.unset });
  if (!("argv" in exec)) return { kind: "problems", problems: [...problems, ...exec], notices };
  const confFile = writtenConf(user, changes);
  if ("code" in confFile) return { kind: "problems", problems: [confFile], notices };
  const ownedFiles = owned.flatMap(({ owner, contribution }) => (contribution.files ?? []).map((file) => ({ ...file, owner })));
  return {
    kind: "plan",
    plan: {
      command: target.command,
      runDir: target.runDir,
      flink: { home: target.flinkHome, version: target.flinkVersion, checked: target.flinkChecked },
      files: [{ ...confFile, owner: "flink" }, ...ownedFiles],
      links: owned.flatMap(({ owner, contribution }) => (contribution.links ?? []).map((link) => ({ ...link, owner }))),
      flinkConf: [...conf].map(([key, { value, owner }]): OwnedFlinkKey => ({ key, value, owner })),
      trusted: contributions.flatMap((each) => each.trusted ?? []),
      exec,
      notices,
    },
  };
}

function writtenConf(user: UserConf, changes: ReadonlyMap<string, FlinkValue>): PlannedFile | Problem {
  try {
    return user.write(changes);
  } catch (error) {
    if (error instanceof FormatError) return unwritable(error);
    throw error;
  }
}

interface WithOptions {
  readonly conf: ReadonlyMap<string, MergedKey>;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Adds the features' JVM options to the user's. Flink's scripts read no `env.java.opts.all` when FLINK_ENV_JAVA_OPTS is set,
 * and no `env.java.opts` when `env.java.opts.all` is (config.sh, 1.20 to 2.3).
 */
function withJvmOptions(target: Target, owned: readonly Owned[], conf: ReadonlyMap<string, MergedKey>): WithOptions {
  const contributing = owned.filter(({ contribution }) => (contribution.jvmOptions ?? []).length > 0);
  const ours = contributing.flatMap(({ contribution }) => contribution.jvmOptions ?? []);
  const preset = target.variable("FLINK_ENV_JAVA_OPTS");
  if (ours.length === 0) return { conf: new Map(), env: {} };
  if (preset !== undefined) return { conf: new Map(), env: { FLINK_ENV_JAVA_OPTS: [String(preset), ...ours].join(" ") } };
  const user = conf.get(allOptions) ?? conf.get(legacyAllOptions);
  const owner = [user?.owner, ...contributing.map((each) => each.owner)].filter((name) => name !== undefined).join(" + ");
  return { conf: new Map([[allOptions, { value: append(user?.value, ours.join(" ")), owner }]]), env: {} };
}

function append(value: FlinkValue | undefined, more: string): FlinkValue {
  const join = (text: string) => `${text.trim()} ${more}`;
  if (value === undefined) return more;
  return value instanceof Secret ? value.map(join) : join(value);
}

const emptyUserConf: UserConf = {
  mounted: [],
  properties: [],
  dynamic: [],
  write: () => {
    throw new Error("no feature reads Flink's configuration");
  },
};
