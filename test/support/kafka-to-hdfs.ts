import { cpSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { compileJava, jdkProgram } from "../../lab/java.ts";
import { mavenJars } from "../../lab/maven.ts";
import type { flinkVersions } from "./flink-versions.ts";

/** The newest connector for each Flink. Maven Central has the one with all in it for 2.x only. */
const connectors: Readonly<Record<(typeof flinkVersions)[number], readonly string[]>> = {
  "2.3.0": ["org.apache.flink:flink-sql-connector-kafka:5.0.0-2.2"],
  "1.20.5": ["org.apache.flink:flink-connector-kafka:3.4.0-1.20", "org.apache.kafka:kafka-clients:3.4.0"],
};

/**
 * A Flink with the Kafka connector in its lib, as an image would have it: links to another Flink's files.
 */
export async function flinkWithKafka(
  version: (typeof flinkVersions)[number],
  flinkHome: string,
  folder: string,
): Promise<string> {
  const jars = await mavenJars(`flink-kafka-${version}`, connectors[version], { alone: true });
  mkdirSync(join(folder, "lib"), { recursive: true });
  // The scripts look for what is beside them, wherever a link has led.
  cpSync(join(flinkHome, "bin"), join(folder, "bin"), { recursive: true });
  for (const name of ["conf", "opt", "plugins"]) symlinkSync(join(flinkHome, name), join(folder, name));
  for (const from of [join(flinkHome, "lib"), jars]) {
    for (const name of readdirSync(from)) symlinkSync(join(from, name), join(folder, "lib", name));
  }
  return folder;
}

/** Compiles the KafkaToHdfs job against a Flink into a jar in a folder. */
export async function buildKafkaToHdfs(flinkHome: string, folder: string): Promise<string> {
  const source = join(import.meta.dirname, "java/KafkaToHdfs.java");
  const classes = await compileJava(source, join(folder, "classes"), join(flinkHome, "lib", "*"));
  const jar = join(folder, "kafka-to-hdfs.jar");
  const args = ["--create", "--file", jar, "--main-class", "KafkaToHdfs", "-C", classes, "."];
  await execa(jdkProgram("jar"), args);
  return jar;
}
