import { FormatError } from "../../formats/format-error.ts";
import type { Contribution, Target, UserConf } from "../feature/feature.ts";
import { withJvmOptions } from "./jvm-options.ts";
import { mergeFlinkConf, type MergedKey, type OwnedEntry, shownValue, unwritable } from "./merge-flink-conf.ts";
import { jobLinks } from "./job-links.ts";
import type { Exec, FlinkValue, OwnedFlinkKey, Plan, PlannedFile, StartedRole } from "./plan.ts";
import type { Probe } from "../feature/probe.ts";
import type { Notice, Problem } from "../findings/problem.ts";

/** One feature's contribution, with its name. */
export interface Owned {
  readonly owner: string;
  readonly contribution: Contribution;
}

/** Everything that stands against a plan. The notices are there too. */
export interface Refusal {
  readonly kind: "problems";
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

/** Either a whole plan, or everything that stands against it. */
export type Planned = ({ readonly kind: "plan"; readonly plan: Plan } | Refusal) & {
  /** What can be tried over the network in either case. */
  readonly probes: () => readonly Probe[];
  /** See {@link Contribution.anchors}. */
  readonly anchors?: Contribution["anchors"] | undefined;
};

/** What the launch is computed from. */
export interface LaunchInput {
  readonly target: Target;
  /** What the written file will say, without the `-D` of the command. */
  readonly conf: ReadonlyMap<string, MergedKey>;
  /** Its path. */
  readonly confFile: string;
  readonly set: Readonly<Record<string, string>>;
  readonly unset: readonly string[];
}

/** Merges what the features contribute into one plan. */
export function assemble(
  target: Target,
  owned: readonly Owned[],
  launch: Launcher,
  earlier: {
    readonly problems: readonly Problem[];
    readonly notices: readonly Notice[];
    readonly unset: readonly string[];
  },
): Planned {
  const contributions = owned.map(({ contribution }) => contribution);
  const network = {
    probes: () =>
      contributions.flatMap((each) => [...(each.probes ?? []), ...(each.confProbes?.(merge.effective) ?? [])]),
    anchors: contributions.find(({ anchors }) => anchors !== undefined)?.anchors,
  };
  const user = contributions.find(({ userConf }) => userConf !== undefined)?.userConf ?? emptyUserConf;
  const entries = owned.flatMap(({ owner, contribution }) =>
    (contribution.flinkConf ?? []).map((entry): OwnedEntry => ({ ...entry, owner })),
  );
  const merge = mergeFlinkConf([...entries, ...loginContexts(owned)], user);
  const problems = [...earlier.problems, ...contributions.flatMap((each) => each.problems ?? []), ...merge.problems];
  const notices = [...earlier.notices, ...contributions.flatMap((each) => each.notices ?? [])];
  for (const finding of contributions.flatMap((each) => each.requires?.(merge.effective) ?? [])) {
    if ("code" in finding) problems.push(finding);
    else notices.push(finding);
  }
  const refuse = contributions.find(({ refuseAlgorithm }) => refuseAlgorithm !== undefined)?.refuseAlgorithm;
  const algorithms =
    refuse === undefined ? [] : contributions.flatMap((each) => each.algorithms?.(merge.effective) ?? []);
  for (const { refused } of algorithms)
    if (refuse !== undefined && refused !== undefined) problems.push(refuse(refused));
  const options = withJvmOptions(target, owned, merge.written);
  const changes = new Map(
    [...merge.changes, ...options.conf].map(([key, merged]) => [key, shownValue({ key, ...merged })]),
  );
  const unset = [...earlier.unset, ...contributions.flatMap((each) => each.unset ?? [])];
  const set = { ...options.env, ...Object.assign({}, ...contributions.map(({ env }) => env ?? {})) };
  // A configuration that is wrong in itself would only give more problems here, all from the same cause.
  const isRead = user !== emptyUserConf || problems.length === 0;
  if (!isRead || problems.some(({ concerns }) => concerns === "flink-configuration"))
    return { kind: "problems", problems, notices, ...network };
  const confFile = writtenConf(user, changes);
  if ("code" in confFile) return { kind: "problems", problems: [...problems, confFile], notices, ...network };
  const conf = new Map([...merge.written, ...options.conf]);
  const launched = launch({ target, conf, confFile: confFile.path, set, unset });
  if (launched.kind === "problems") problems.push(...launched.problems);
  if (problems.length > 0 || launched.kind === "problems") return { kind: "problems", problems, notices, ...network };
  const ownedFiles = owned.flatMap(({ owner, contribution }) =>
    (contribution.files ?? []).map((file) => ({ ...file, owner })),
  );
  return {
    kind: "plan",
    ...network,
    plan: {
      command: target.command,
      runDir: target.runDir,
      roleDir: target.roleDir,
      flink: { home: target.flinkHome, version: target.flinkVersion, checked: target.flinkChecked },
      files: [{ ...confFile, owner: "flink" }, ...ownedFiles],
      links: [
        ...owned.flatMap(({ owner, contribution }) => (contribution.links ?? []).map((link) => ({ ...link, owner }))),
        ...jobLinks(ownedFiles, target),
      ],
      flinkConf: [...new Map([...merge.effective, ...options.conf])].map(([key, merged]): OwnedFlinkKey => ({
        key,
        value: shownValue({ key, ...merged }),
        owner: merged.owner,
      })),
      algorithms,
      trusted: contributions.flatMap((each) => each.trusted ?? []),
      shown: contributions.flatMap((each) => each.shown ?? []),
      exec: launched.exec,
      process: launched.process,
      notices: [...notices, ...launched.notices],
    },
  };
}

/** Flink logs in only for the services that its key names. */
function loginContexts(owned: readonly Owned[]): readonly OwnedEntry[] {
  const asking = owned.filter(({ contribution }) => (contribution.jaasContexts ?? []).length > 0);
  if (asking.length === 0) return [];
  const contexts = new Set(asking.flatMap(({ contribution }) => contribution.jaasContexts ?? []));
  const owner = asking.map((each) => each.owner).join(" + ");
  const value = [...contexts].toSorted().join(",");
  return [{ key: "security.kerberos.login.contexts", value, strength: "default", because: owner, owner }];
}

function writtenConf(user: UserConf, changes: ReadonlyMap<string, FlinkValue>): PlannedFile | Problem {
  try {
    return user.write(changes);
  } catch (error) {
    if (error instanceof FormatError) return unwritable(error);
    throw error;
  }
}

/** What to exec, or why nothing can be. */
export type LaunchOutcome =
  | {
      readonly kind: "exec";
      readonly exec: Exec;
      readonly process?: StartedRole | undefined;
      readonly notices: readonly Notice[];
    }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

export type Launcher = (input: LaunchInput) => LaunchOutcome;

const emptyUserConf: UserConf = {
  mounted: [],
  properties: [],
  dynamic: [],
  write: () => {
    throw new Error("no feature reads Flink's configuration");
  },
};
