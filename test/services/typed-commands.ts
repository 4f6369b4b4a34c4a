import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { jdkProgram, smallJvm } from "../../lab/java.ts";
import { kafkaJars } from "../../lab/kafka.ts";

const root = join(import.meta.dirname, "../..");

/** Runs what docs/kerberos.md tells an operator to type, with programs of the names that an image would have. */
export async function runTypedCommands(
  variables: Readonly<Record<string, string>>,
  folder: string,
): Promise<{ readonly failed: boolean; readonly output: string }> {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const java = `exec ${jdkProgram("java")} ${smallJvm.join(" ")}`;
  const programs = {
    sluice: `exec ${process.execPath} ${join(root, "src/main.ts")} "$@"`,
    "kafka-topics.sh": `${java} $KAFKA_OPTS -cp '${join(await kafkaJars(), "*")}' org.apache.kafka.tools.TopicCommand "$@"`,
    hadoop: `shift; ${java} $HADOOP_OPTS -cp "$HADOOP_CONF_DIR:$HADOOP_CLASSPATH" org.apache.hadoop.fs.FsShell "$@"`,
  };
  for (const [name, line] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  }
  const env = {
    ...variables,
    PATH: `${bin}:${process.env["PATH"]}`,
    SLUICE_RUN_DIR: join(folder, "run"),
    KRB5CCNAME: join(folder, "tickets"),
  };
  const result = await execa("sh", ["-exc", commands()], { env, all: true, reject: false, stdin: "ignore" });
  return { failed: result.failed, output: result.all };
}

/** The indented lines below "Try it by hand". */
function commands(): string {
  const text = readFileSync(join(root, "docs/kerberos.md"), "utf8");
  const [, part = ""] = text.split("## Try it by hand\n");
  const lines = (part.split("\n## ")[0] ?? "").split("\n").filter((line) => line.startsWith("    "));
  if (lines.length === 0) throw new Error("docs/kerberos.md has no commands to try by hand");
  return lines.join("\n");
}
