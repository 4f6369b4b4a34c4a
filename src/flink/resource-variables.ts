import type { Problem } from "../core/findings/problem.ts";
import { launchProblems } from "./launch-problems.ts";
import type { LaunchRequest } from "./launch-request.ts";
import { MemorySettingError } from "./memory/memory-setting-error.ts";
import { jobManagerResourceParams, taskManagerResourceParams } from "./memory/resource-params.ts";
import { withDynamicProperties } from "./resource-configuration.ts";
import type { ServiceArguments } from "./service-arguments.ts";

/** Variables that carry what the memory model derived (`config.sh`, `parseResourceParamsAndExportLogs`). */
export interface ResourceVariables {
  readonly JVM_ARGS: string;
  readonly DYNAMIC_PARAMETERS: string;
  /** The runtime writes this at the top of its log. */
  readonly FLINK_INHERITED_LOGS: string;
}

/** What `BashJavaUtils` would be asked for, and what the script makes of its answer. */
export function resourceVariables(
  model: NonNullable<ServiceArguments["memoryModel"]>,
  user: readonly string[],
  request: LaunchRequest,
  isFlink1: boolean,
): ResourceVariables | Problem {
  const derive = model === "JobManager" ? jobManagerResourceParams : taskManagerResourceParams;
  const { env } = request;
  try {
    const params = derive({
      conf: withDynamicProperties(request.conf, user),
      env,
      readsLegacyKeys: isFlink1,
      standardYaml: request.facts.configFile === "config.yaml",
    });
    const jvm = params.jvmParameters.join(" ");
    const dynamic = params.dynamicConfigs.map(([key, value]) => `-D ${key}=${value}`).join(" ");
    return {
      JVM_ARGS: `${env["JVM_ARGS"] ?? ""} ${jvm}`,
      DYNAMIC_PARAMETERS: dynamic,
      FLINK_INHERITED_LOGS: [
        "",
        env["FLINK_INHERITED_LOGS"] ?? "",
        "",
        "RESOURCE_PARAMS extraction logs:",
        `jvm_params: ${jvm}`,
        `dynamic_configs: ${dynamic}`,
        `logs: ${params.summary.join("\n")}`,
        "",
      ].join("\n"),
    };
  } catch (error) {
    if (!(error instanceof MemorySettingError)) throw error;
    return launchProblems.problem("bad-memory", error.keys, error.message, error.hint);
  }
}
