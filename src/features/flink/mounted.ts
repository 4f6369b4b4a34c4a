import { join } from "node:path/posix";
import type { Target, UserConf, UserKey } from "../../core/feature/feature.ts";
import { isAtLeast } from "../../core/feature/flink-version.ts";
import { shownValue } from "../../core/plan/merge-flink-conf.ts";
import type { FlinkValue, PlannedFile } from "../../core/plan/plan.ts";
import type { Notice, Problem } from "../../core/findings/problem.ts";
import { readingFailure } from "../../core/system/reading-failure.ts";
import type { System } from "../../core/system/system.ts";
import { parseFlinkConf, writeFlinkConf } from "../../formats/flink-configuration/flink-conf.ts";
import { parseFlinkYaml, writeFlinkYaml } from "../../formats/flink-configuration/flink-yaml.ts";
import { FormatError } from "../../formats/format-error.ts";
import { expandKeys } from "./expansion.ts";
import { flinkProblems } from "./problems.ts";

const yaml = { name: "config.yaml", parse: parseFlinkYaml, write: writeFlinkYaml };
const legacy = { name: "flink-conf.yaml", parse: parseFlinkConf, write: writeFlinkConf };
type Grammar = typeof yaml;

/** The files that are merged, not carried over. */
export const confFileNames: readonly string[] = [yaml.name, legacy.name];

export interface Mounted {
  readonly keys: readonly UserKey[];
  readonly write: UserConf["write"];
  /** See {@link import("./expansion.ts").ExpandedKeys.unset}. */
  readonly unset: readonly string[];
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

/**
 * Reads the configuration file that this Flink would read: `config.yaml` for 2.x; for 1.x `flink-conf.yaml` if it is there
 * (GlobalConfiguration of 1.19 and 1.20). A `flink-conf.yaml` alone is converted for 2.x.
 */
export function readMounted(target: Target, system: System): Mounted {
  const at = ({ name }: Grammar) => join(target.mountedConfDir, name);
  const isThere = (grammar: Grammar) => system.readFile(at(grammar)).kind !== "missing";
  const isLegacy = !isAtLeast(target.flinkVersion, 2, 0);
  const preferred = isLegacy ? legacy : yaml;
  const other = isLegacy ? yaml : legacy;
  const input = !isThere(preferred) && isThere(other) ? other : preferred;
  const output = isLegacy ? input : yaml;
  const notices: Notice[] = [];
  if (input === preferred && isThere(preferred) && isThere(other)) {
    notices.push({
      level: "warning",
      where: [at(other)],
      text: `Flink ${target.flinkVersion} ignores it, for there is a ${preferred.name}`,
      hint: `move what is needed to ${preferred.name}, and remove it`,
    });
  }
  if (input !== output) {
    notices.push({
      level: "warning",
      where: [at(input)],
      text: `Flink ${target.flinkVersion} reads only ${output.name}, so it is converted`,
      hint: `mount it as ${output.name}, where values are YAML`,
    });
  }
  if (isThere(input)) return parse(input, output, target, system, notices);
  return fresh(isAtLeast(target.flinkVersion, 1, 19) ? yaml : legacy, target, notices);
}

function fresh(output: Grammar, target: Target, notices: readonly Notice[]): Mounted {
  const path = join(target.confDir, output.name);
  return {
    keys: [],
    write: (changes) => ({ path, mode: 0o600, content: { kind: "text", text: output.write(changes) } }),
    unset: [],
    problems: [],
    notices,
  };
}

function parse(input: Grammar, output: Grammar, target: Target, system: System, notices: readonly Notice[]): Mounted {
  const source = join(target.mountedConfDir, input.name);
  const read = system.readFile(source);
  if (read.kind !== "file") {
    // carriedFiles reports problems of the folder.
    if (system.listDirectory(target.mountedConfDir).kind !== "listing") return failed();
    const { text, hint } = readingFailure(read.kind);
    return failed(flinkProblems.problem("conf-unreadable", ["FLINK_CONF_DIR", source], text, hint));
  }
  try {
    const entries = input.parse(new TextDecoder("utf-8", { fatal: true }).decode(read.bytes));
    const expanded = expandKeys(entries, [source], target);
    const own = valuesOf(expanded.keys);
    const unexpanded = entries.filter(({ key }) => expanded.changed.has(key));
    const write = (changes: ReadonlyMap<string, FlinkValue>): PlannedFile => ({
      path: join(target.confDir, output.name),
      mode: 0o600,
      basis: { path: source, text: output.write(new Map([...own, ...valuesOf(unexpanded)])) },
      content: { kind: "text", text: output.write(new Map([...own, ...changes])) },
    });
    return {
      keys: expanded.keys,
      write,
      unset: expanded.unset,
      problems: expanded.problems,
      notices: [...notices, ...expanded.notices],
    };
  } catch (error) {
    if (error instanceof FormatError) {
      const where = error.line === undefined ? [source] : [source, `line ${error.line}`];
      return failed(flinkProblems.problem("conf-syntax", where, error.message, error.hint));
    }
    if (error instanceof TypeError) {
      return failed(flinkProblems.problem("conf-syntax", [source], "this is not UTF-8 text", "save it as UTF-8"));
    }
    throw error;
  }
}

/** Of a key that is there twice, the last one counts. */
function valuesOf(keys: readonly Pick<UserKey, "key" | "value">[]): ReadonlyMap<string, FlinkValue> {
  return new Map(keys.map(({ key, value }) => [key, shownValue({ key, value })]));
}

function failed(...problems: readonly Problem[]): Mounted {
  const write = () => {
    throw new Error("a plan with problems has no files");
  };
  return { keys: [], write, unset: [], problems, notices: [] };
}
