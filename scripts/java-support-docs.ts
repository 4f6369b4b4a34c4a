import { readJavaSupport } from "../test/support/java-support.ts";

const introduction = `# Java versions

<!-- Made by \`npm run docs\` from what test/e2e/java-support.test.ts found; a test compares it. -->

This page tells which Java each part works on. Flink 2.3.0 was run with Temurin's runtimes.
`;

const limits = `
"Not run" means that no test has looked. The table is written by
\`SLUICE_TEST_FULL=1 UPDATE_GOLDEN=1 npm test -- test/e2e/java-support.test.ts\` and \`npm run docs\`.

## Limits

- Java 24 and newer have no security manager. Flink's \`config.sh\` asks for one, so that no script of Flink's starts a JVM there.
  Sluice starts the JVMs itself, \`flink\` and \`sql-client.sh\` too. \`SLUICE_LAUNCH=scripts\` does not work on them.
- \`flink\` and \`sql-client.sh\` need Hadoop's client on their class path there (\`HADOOP_CLASSPATH\`, or jars in lib). Without it they
  would end without a word, so Sluice refuses them.
- A plugin that fails is an error if ENABLE_BUILT_IN_PLUGINS asks for it, and a warning if it is only installed.
`;

/** docs/java.md: a row for each feature, a column for each Java. */
export function javaSupportMarkdown(): string {
  const rows = Object.entries(readJavaSupport());
  const versions = [...new Set(rows.flatMap(([, row]) => Object.keys(row)))].toSorted(
    (one, other) => Number(one) - Number(other),
  );
  const lines = [
    ["", ...versions.map((version) => `Java ${version}`)],
    ["---", ...versions.map(() => "---")],
    ...rows.map(([feature, row]) => [feature, ...versions.map((version) => row[version] ?? "not run")]),
  ];
  return `${introduction}\n${lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n${limits}`;
}
