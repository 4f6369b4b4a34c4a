import type { Notice } from "../core/findings/problem.ts";
import type { FileStamp, System } from "../core/system/system.ts";
import { javaMajorVersion, javaReleaseFile } from "./java-release.ts";
import { mainClasses } from "./recognise-command.ts";

/** Whose classes an archive holds; every service that is not a TaskManager takes the JobManager's. */
export type ArchiveRole = "jobmanager" | "taskmanager";

/** Which JVM and which jars a class-data archive was made with: the content of the file beside it. */
export interface ArchiveRecord {
  /** The text of the JDK's `release` file. */
  readonly java: string;
  readonly classPath: readonly ({ readonly path: string } & FileStamp)[];
  /** Of the archive itself. A JVM that maps half of one dies of SIGBUS (seen with OpenJDK 17.0.15). */
  readonly size: number;
}

/** The oldest Java that archives the classes of a process at its exit (JEP 350). */
export const oldestArchivingJava = 13;

/** Where `sluice cds` writes to, and `sluice run` looks. */
export function archiveFolder(flinkHome: string): string {
  return `${flinkHome}/cds`;
}

/** An archive, and the record beside it. */
export function archiveFiles(folder: string, role: ArchiveRole): { readonly archive: string; readonly record: string } {
  return { archive: `${folder}/${role}.jsa`, record: `${folder}/${role}.json` };
}

const taskManagers: readonly string[] = [mainClasses.taskexecutor, mainClasses["kubernetes-taskmanager"]];
const others: readonly string[] = Object.values(mainClasses);

/** What a JVM's arguments say of its role and class path; undefined where no class of Flink's is run. */
export function jvmOf(argv: readonly string[]) {
  const at = argv.findIndex((each, index) => each === "-classpath" && others.includes(argv[index + 2] ?? ""));
  if (at === -1) return undefined;
  const role: ArchiveRole = taskManagers.includes(argv[at + 2] ?? "") ? "taskmanager" : "jobmanager";
  return { role, classPath: (argv[at + 1] ?? "").split(":"), options: argv.slice(1, at) };
}

/** Options by which a user chooses for himself. */
const ownChoice =
  /(^|\s)-(Xshare|XX:(SharedArchiveFile|SharedClassListFile|ArchiveClassesAtExit|[+-]AutoCreateSharedArchive|AOT))/;
const optionVariables = ["JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"];

/**
 * HotSpot's optimising compiler starts on a method after four times as many calls and loops as by default. Half of the CPU time
 * of a start is its, for methods that are not called again; what a job does all the time gets there a moment later.
 */
const laterOptimisation = [
  "-XX:Tier4InvocationThreshold=20000",
  "-XX:Tier4MinInvocationThreshold=2400",
  "-XX:Tier4CompileThreshold=60000",
  "-XX:Tier4BackEdgeThreshold=160000",
] as const;

interface ClassDataInput {
  readonly flinkHome: string;
  readonly javaHome: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly system: System;
}

/** The arguments of a JVM, and why it does without an archive that is there. */
export interface ClassData {
  readonly argv: readonly string[];
  readonly notices: readonly Notice[];
}

/**
 * Adds the class-data archive of a JVM's role, and what else makes a start short, if the archive fits this JVM and these jars.
 * What the user has chosen comes later, and wins. The JVM checks the archive again (`-Xshare:auto`); it must not print its
 * findings, because it prints them on stdout.
 */
export function withClassData(
  argv: readonly string[],
  { flinkHome, javaHome, env, system }: ClassDataInput,
): ClassData {
  const jvm = jvmOf(argv);
  const [java, ...rest] = argv;
  const unchanged = { argv, notices: [] };
  if (jvm === undefined || java === undefined) return unchanged;
  const { archive, record } = archiveFiles(archiveFolder(flinkHome), jvm.role);
  const read = system.readFile(record);
  if (read.kind !== "file") return unchanged;
  const given = [...jvm.options, ...optionVariables.map((name) => env[name] ?? "")];
  if (given.some((options) => ownChoice.test(options))) return unchanged;
  const known = parseArchiveRecord(new TextDecoder().decode(read.bytes));
  const reason =
    known === undefined
      ? `${record} is not a valid record of an archive`
      : (misfit(known, jvm.classPath, readRelease(javaHome, system), system) ??
        (system.fileStamp(archive)?.size === known.size ? undefined : "its size has changed"));
  if (reason !== undefined) return { argv, notices: [notUsed(archive, reason)] };
  const options = [`-XX:SharedArchiveFile=${archive}`, "-Xshare:auto", "-Xlog:cds*=off", ...laterOptimisation];
  return { argv: [java, ...options, ...rest], notices: [] };
}

/** Why an archive does not fit. Its class path may be continued, by Hadoop's for example; nothing else may differ. */
function misfit(
  known: ArchiveRecord,
  classPath: readonly string[],
  java: string | undefined,
  system: System,
): string | undefined {
  if (known.java !== java) return "it was made with another Java";
  for (const [index, { path, size, modified }] of known.classPath.entries()) {
    const found = classPath[index];
    if (found !== path) {
      const isAdded = found !== undefined && !known.classPath.some((each) => each.path === found);
      return isAdded ? `${found} was added to the class path` : `${path} has moved or was removed from the class path`;
    }
    const stamp = system.fileStamp(path);
    if (stamp?.size !== size || stamp.modified !== modified) return `${path} has changed`;
  }
  return undefined;
}

function notUsed(archive: string, reason: string): Notice {
  return {
    level: "info",
    where: [archive],
    text: `not used: ${reason}; the JVM starts slower`,
    hint: "run sluice cds again, as the last step of the image's build",
  };
}

/** Describes what an archive is made with, or says why none can be. */
export function makeArchiveRecord(
  classPath: readonly string[],
  javaHome: string,
  system: System,
): Omit<ArchiveRecord, "size"> | { readonly reason: string } {
  const java = readRelease(javaHome, system);
  if (java === undefined) return { reason: `${javaReleaseFile(javaHome)} cannot be read` };
  const version = javaMajorVersion(java);
  if (version === undefined || version < oldestArchivingJava)
    return { reason: `Java ${version ?? "?"} cannot archive at its exit` };
  const stamped = classPath.map((path) => ({ path, stamp: system.fileStamp(path) }));
  const missing = stamped.find(({ stamp }) => stamp === undefined);
  if (missing !== undefined) return { reason: `${missing.path} is not a file` };
  return { java, classPath: stamped.flatMap(({ path, stamp }) => (stamp === undefined ? [] : [{ path, ...stamp }])) };
}

function readRelease(javaHome: string, system: System): string | undefined {
  const release = system.readFile(javaReleaseFile(javaHome));
  return release.kind === "file" ? new TextDecoder().decode(release.bytes) : undefined;
}

/** Reads what was written beside an archive; undefined for anything else. */
export function parseArchiveRecord(text: string): ArchiveRecord | undefined {
  try {
    const { java, classPath, size } = JSON.parse(text) as Partial<Record<keyof ArchiveRecord, unknown>>;
    if (typeof java !== "string" || typeof size !== "number" || !Array.isArray(classPath)) return undefined;
    return classPath.every(isJar) ? { java, size, classPath } : undefined;
  } catch {
    return undefined;
  }
}

function isJar(value: unknown): value is ArchiveRecord["classPath"][number] {
  if (typeof value !== "object" || value === null || !("path" in value && "size" in value && "modified" in value))
    return false;
  return typeof value.path === "string" && typeof value.size === "number" && typeof value.modified === "number";
}
