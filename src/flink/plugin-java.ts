/** A plugin that does not work on a Java. */
export interface UnfitPlugin {
  readonly jar: string;
  readonly text: string;
  readonly hint: string;
}

/** The first Java whose `Subject.getSubject` always throws (JEP 486). Hadoop 3.3.4 calls it wherever it opens a file system. */
const firstWithoutSubject = 24;

/** Plugins of Flink 1.20 to 2.3 that open Hadoop's file systems, with what to use instead; docs/java.md has what tests found. */
const onHadoop: readonly { readonly name: RegExp; readonly instead: string }[] = [
  {
    name: /^flink-s3-fs-hadoop-.*\.jar$/,
    instead: "use Java 21, or flink-s3-fs-presto, or flink-s3-fs-native of Flink 2.3",
  },
  { name: /^flink-azure-fs-hadoop-.*\.jar$/, instead: "use Java 21" },
];

/** Which of these jars fail on a Java of that feature version, such as 25. */
export function unfitPlugins(jars: readonly string[], java: number): readonly UnfitPlugin[] {
  if (java < firstWithoutSubject) return [];
  return jars.flatMap((jar) => {
    const plugin = onHadoop.find(({ name }) => name.test(jar));
    if (plugin === undefined) return [];
    return [{ jar, text: `it fails on Java ${java}: its Hadoop 3.3.4 needs Subject.getSubject`, hint: plugin.instead }];
  });
}
