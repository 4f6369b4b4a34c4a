import { join } from "node:path/posix";
import type { Target } from "../../core/feature/feature.ts";
import type { Problem } from "../../core/findings/problem.ts";
import type { System } from "../../core/system/system.ts";
import { recogniseCommand } from "../../flink/recognise-command.ts";
import { hadoopProblems } from "./problems.ts";

/** Those that have Hadoop's client in them. */
const hadoopJar = /^(hadoop-(client|common|hdfs)|flink-shaded-hadoop).*\.jar$/;

/** Flink finds Hadoop in its lib folder or through HADOOP_CLASSPATH; without it, it says that no file system has the scheme. */
export function checkJars({ command, flinkHome, flinkChecked, variable }: Target, system: System): readonly Problem[] {
  if (!flinkChecked || recogniseCommand(command, flinkHome) === undefined) return [];
  const lib = String(variable("FLINK_LIB_DIR") ?? join(flinkHome, "lib"));
  const listing = system.listDirectory(lib);
  if (listing.kind === "listing" && listing.names.some((name) => hadoopJar.test(name))) return [];
  const classPath = String(variable("HADOOP_CLASSPATH") ?? "").split(":");
  const entries = classPath.filter((entry) => entry !== "");
  if (entries.some((entry) => isThere(entry.replace(/\/\*$/, ""), system))) return [];
  const hint = "put hadoop-client-api and hadoop-client-runtime into lib, or set HADOOP_CLASSPATH to Hadoop's jars";
  const text =
    entries.length === 0
      ? "no jar of Hadoop is there"
      : "no jar of Hadoop is there, and nothing that HADOOP_CLASSPATH names";
  return [hadoopProblems.problem("no-jars", [lib], text, hint)];
}

function isThere(path: string, system: System): boolean {
  return system.listDirectory(path).kind === "listing" || system.readFile(path).kind === "file";
}
