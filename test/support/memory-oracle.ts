import { join } from "node:path";
import { execa } from "execa";
import { MemorySettingError } from "../../src/flink/memory/memory-setting-error.ts";
import { jobManagerResourceParams, taskManagerResourceParams } from "../../src/flink/memory/resource-params.ts";
import { flinkHome } from "./flink-home.ts";
import type { MemorySettings } from "./memory-settings.ts";

/** The answer in one line: what Flink's scripts are told, or that the settings are refused. */
export type Answer = string;

const java = new URL("java/", import.meta.url).pathname;

/** Asks Flink's own classes: one JVM for all the questions. */
export async function askFlink(version: string, questions: readonly MemorySettings[]): Promise<readonly Answer[]> {
  const home = await flinkHome(version);
  const classPath = [join(home, "bin/bash-java-utils.jar"), join(home, "lib", `flink-dist-${version}.jar`)].join(":");
  const opens = ["--add-opens", "java.base/java.util=ALL-UNNAMED"];
  const silent = `-Dlog4j2.configurationFile=${join(java, "silent-log4j2.properties")}`;
  const { stdout } = await execa("java", [...opens, silent, "-cp", classPath, join(java, "MemoryOracle.java")], {
    input: questions.map(queryString).join("\n"),
    maxBuffer: 1 << 30,
  });
  return stdout.split("\n").map((line) => (line.startsWith("refused\t") ? "refused" : line));
}

/** Asks the model under test. */
export function askModel(version: string, { role, standardYaml, env, conf }: MemorySettings): Answer {
  const derive = role === "JM" ? jobManagerResourceParams : taskManagerResourceParams;
  const readsLegacyKeys = version.startsWith("1.");
  try {
    const params = derive({
      conf: new Map(Object.entries(conf)),
      env,
      readsLegacyKeys,
      standardYaml: standardYaml || !readsLegacyKeys,
    });
    const dynamic = params.dynamicConfigs.map(([key, value]) => `-D ${key}=${value}`);
    return ["ok", params.jvmParameters.join(" "), dynamic.join(" ")].join("\t");
  } catch (error) {
    if (error instanceof MemorySettingError) return "refused";
    throw error;
  }
}

function queryString({ role, standardYaml, env, conf }: MemorySettings): string {
  const query = new URLSearchParams({ role, yaml: String(standardYaml) });
  for (const [name, value] of Object.entries(env)) query.append(`env:${name}`, value);
  for (const [key, value] of Object.entries(conf)) query.append(`conf:${key}`, value);
  return query.toString();
}
