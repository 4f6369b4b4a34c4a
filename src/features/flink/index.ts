import { join } from "node:path/posix";
import type { Feature, FlinkConfEntry, Target } from "../../core/feature/feature.ts";
import { inRoleDir } from "../../core/plan/run-dir.ts";
import type { System } from "../../core/system/system.ts";
import { count, document, text } from "../../core/settings/variables.ts";
import { carriedFiles } from "./carried-files.ts";
import { dynamicKeys, secretArguments } from "./dynamic-keys.ts";
import { lostOptions } from "./lost-options.ts";
import { misspeltCommand } from "./misspelt-command.ts";
import { confFileNames, readMounted } from "./mounted.ts";
import { wrongValues } from "./option-values.ts";
import { trimmedEntries, withoutBlanks } from "./option-blanks.ts";
import { flinkProblems } from "./problems.ts";
import { readProperties } from "./properties.ts";
import { unknownKeys } from "./unknown-keys.ts";

const env = {
  FLINK_PROPERTIES: document({
    desc: "Keys of Flink's configuration, as lines of `key: value` or as YAML; they win over the mounted file. ${NAME} and ${NAME:-default} are expanded",
    example: "parallelism.default: 2",
  }),
  JOB_MANAGER_RPC_ADDRESS: text({
    desc: "The JobManager's host name, as jobmanager.rpc.address",
    expects: "a host name or an IP address",
    defaultText: "the mounted file's unless that is localhost, else this host's full name",
    example: "flink-jobmanager",
  }),
  TASK_MANAGER_NUMBER_OF_TASK_SLOTS: count({ desc: "Slots of a TaskManager, as taskmanager.numberOfTaskSlots" }),
};

/** Read by Flink's scripts or its runtime. */
const readByFlink = [
  "FLINK_BIN_DIR",
  "FLINK_ENV_JAVA_OPTS",
  "FLINK_ENV_JAVA_OPTS_CLI",
  "FLINK_ENV_JAVA_OPTS_HS",
  "FLINK_ENV_JAVA_OPTS_JM",
  "FLINK_ENV_JAVA_OPTS_SQL_GATEWAY",
  "FLINK_ENV_JAVA_OPTS_TM",
  "FLINK_IDENT_STRING",
  "FLINK_LIB_DIR",
  "FLINK_LOG_DIR",
  "FLINK_LOG_MAX",
  "FLINK_OPT_DIR",
  "FLINK_PID_DIR",
  "FLINK_PLUGINS_DIR",
  "FLINK_SSH_OPTS",
  "FLINK_TM_JVM_MEM_OPTS",
  "FLINK_VERSION",
];

/** Flink's own configuration: what is mounted, what the variables of the official image say, and FLINK_PROPERTIES on top. */
export const flink: Feature<typeof env> = {
  name: "flink",
  title: "Flink",
  about: "The variables of the official image.",
  env,
  alsoKnown: readByFlink,
  problems: flinkProblems,
  enabled: () => true,
  plan: (settings, target, system) => {
    const mounted = readMounted(target, system);
    const properties = readProperties(settings.FLINK_PROPERTIES, target);
    const carried = carriedFiles(confFileNames, target, system);
    const dynamic = dynamicKeys(target.command);
    return {
      files: carried.files,
      flinkConf: [...entries(settings, system, mounted.keys), ...trimmedEntries(mounted.keys)],
      userConf: { mounted: mounted.keys, properties: withoutBlanks(properties.keys), dynamic, write: mounted.write },
      env: logDir([...mounted.keys, ...properties.keys], target, system),
      unset: [...mounted.unset, ...properties.unset],
      notices: [
        ...misspeltCommand(target),
        ...mounted.notices,
        ...properties.notices,
        ...secretArguments(dynamic),
        ...lostOptions(mounted.keys, properties.keys),
      ],
      requires: (conf) => [
        ...unknownKeys([...mounted.keys, ...properties.keys, ...dynamic], target.flinkVersion),
        ...wrongValues(conf, target),
      ],
      problems: [...mounted.problems, ...properties.problems, ...carried.problems],
    };
  },
};

function entries(
  settings: {
    readonly JOB_MANAGER_RPC_ADDRESS: string | undefined;
    readonly TASK_MANAGER_NUMBER_OF_TASK_SLOTS: number | undefined;
  },
  system: System,
  mounted: readonly { readonly key: string; readonly value: unknown }[],
): readonly FlinkConfEntry[] {
  const { JOB_MANAGER_RPC_ADDRESS: address, TASK_MANAGER_NUMBER_OF_TASK_SLOTS: slots } = settings;
  const standard: FlinkConfEntry[] = [
    { key: "blob.server.port", value: "6124", strength: "default", because: "the official image" },
    { key: "query.server.port", value: "6125", strength: "default", because: "the official image" },
  ];
  // Flink's distribution ships localhost, which no other container can reach.
  const shipped = mounted.every(({ key, value }) => key !== "jobmanager.rpc.address" || value === "localhost");
  if (address !== undefined || shipped) {
    const because = address === undefined ? "the official image" : "JOB_MANAGER_RPC_ADDRESS";
    standard.push({ key: "jobmanager.rpc.address", value: address ?? system.hostname, strength: "set", because });
  }
  if (slots !== undefined) {
    const because = "TASK_MANAGER_NUMBER_OF_TASK_SLOTS";
    standard.push({ key: "taskmanager.numberOfTaskSlots", value: String(slots), strength: "set", because });
  }
  return standard;
}

/** Flink's scripts write a log file beside the console; where its own folder cannot be written, into the role folder. */
function logDir(
  keys: readonly { readonly key: string }[],
  target: Target,
  system: System,
): Readonly<Record<string, string>> {
  const own = join(target.flinkHome, "log");
  // The variable would win over the key.
  const chosen = target.variable("FLINK_LOG_DIR") !== undefined || keys.some(({ key }) => key === "env.log.dir");
  if (chosen || system.writable(own)) return {};
  return { FLINK_LOG_DIR: inRoleDir.log(target.roleDir) };
}
