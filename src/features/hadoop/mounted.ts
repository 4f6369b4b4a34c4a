import { join } from "node:path/posix";
import type { PlannedFile } from "../../core/plan.ts";
import type { Problem } from "../../core/problem.ts";
import { readingFailure } from "../../core/reading-failure.ts";
import { Secret } from "../../core/secret.ts";
import type { System } from "../../core/system.ts";
import { FormatError } from "../../formats/format-error.ts";
import { readHadoopXml } from "../../formats/hadoop-xml.ts";
import { hadoopProblems } from "./problems.ts";
import { isSecret } from "../../formats/secret-values.ts";
import type { Properties, Sites } from "./property.ts";

const { problem } = hadoopProblems;
const variable = "HADOOP_CONF_DIR";

/** The names of the files that are rendered. */
export const siteFiles = { core: "core-site.xml", hdfs: "hdfs-site.xml" } as const;

export interface MountedConf extends Sites {
  /** Everything else in the folder, as it is. */
  readonly files: readonly PlannedFile[];
  readonly problems: readonly Problem[];
}

/** Reads a mounted HADOOP_CONF_DIR, whose files go on in `confDir`. */
export function readMountedConf(dir: string | undefined, confDir: string, system: System): MountedConf {
  const problems: Problem[] = [];
  const files: PlannedFile[] = [];
  const sites = { core: new Map(), hdfs: new Map() } satisfies Sites;
  if (dir === undefined) return { ...sites, files, problems };
  const listing = system.listDirectory(dir);
  if (listing.kind !== "listing") {
    const { text, hint } = readingFailure(listing.kind);
    return { ...sites, files, problems: [problem("conf-unreadable", [variable, dir], text, hint)] };
  }
  for (const name of listing.names) {
    const path = join(dir, name);
    const read = system.readFile(path);
    if (read.kind === "directory") continue;
    if (read.kind !== "file") {
      const { text, hint } = readingFailure(read.kind);
      problems.push(problem("conf-unreadable", [variable, path], text, hint));
    } else if (name === siteFiles.core || name === siteFiles.hdfs) {
      const properties = name === siteFiles.core ? sites.core : sites.hdfs;
      problems.push(...readSite([variable, path], new TextDecoder().decode(read.bytes), properties));
    } else {
      files.push({ path: join(confDir, name), mode: 0o600, content: { kind: "copy", from: path, bytes: read.bytes } });
    }
  }
  return { ...sites, files, problems };
}

function readSite(where: readonly string[], text: string, into: Properties): readonly Problem[] {
  try {
    for (const { name, value: raw, final } of readHadoopXml(text)) {
      const value = isSecret(name, raw) ? new Secret(`${where.at(-1) ?? ""}: ${name}`, () => raw) : raw;
      into.set(name, { value, final, where });
    }
    return [];
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const at = error.line === undefined ? where : [...where, `line ${error.line}`];
    return [problem("bad-xml", at, error.message, error.hint)];
  }
}
