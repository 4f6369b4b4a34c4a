import { join } from "node:path/posix";
import type { PlannedFile } from "../../core/plan/plan.ts";
import type { Notice, Problem } from "../../core/findings/problem.ts";
import { readingFailure } from "../../core/system/reading-failure.ts";
import { Secret } from "../../secret.ts";
import type { System } from "../../core/system/system.ts";
import { FormatError } from "../../formats/format-error.ts";
import { readHadoopXml } from "./site/site-file.ts";
import type { Include } from "./site/site-parser.ts";
import { includesOf } from "./includes.ts";
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
  readonly notices: readonly Notice[];
}

/** Reads a mounted HADOOP_CONF_DIR, whose files are carried over to `confDir`. */
export function readMountedConf(dir: string | undefined, confDir: string, system: System): MountedConf {
  const problems: Problem[] = [];
  const notices: Notice[] = [];
  const files: PlannedFile[] = [];
  const sites: { -readonly [Name in keyof Sites]: Sites[Name] } = { core: new Map(), hdfs: new Map() };
  if (dir === undefined) return { ...sites, files, problems, notices };
  const listing = system.listDirectory(dir);
  if (listing.kind !== "listing") {
    const { text, hint } = readingFailure(listing.kind);
    const unreadable = problem("conf-unreadable", [variable, dir], text, hint);
    return { ...sites, files, problems: [unreadable], notices };
  }
  for (const name of listing.names) {
    const path = join(dir, name);
    const read = system.readFile(path);
    if (read.kind === "directory") continue;
    if (read.kind !== "file") {
      const { text, hint } = readingFailure(read.kind);
      problems.push(problem("conf-unreadable", [variable, path], text, hint));
    } else if (name === siteFiles.core || name === siteFiles.hdfs) {
      const site = readSite([variable, path], read.bytes, includesOf(dir, system));
      sites[name === siteFiles.core ? "core" : "hdfs"] = site.properties;
      problems.push(...site.problems);
      notices.push(...site.notices);
    } else {
      files.push({ path: join(confDir, name), mode: 0o600, content: { kind: "copy", from: path, bytes: read.bytes } });
    }
  }
  return { ...sites, files, problems, notices };
}

interface SiteRead {
  readonly properties: Properties;
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

function readSite(where: readonly string[], bytes: Uint8Array, include: Include): SiteRead {
  const atLine = (line: number | undefined) => (line === undefined ? where : [...where, `line ${line}`]);
  const properties: Properties = new Map();
  try {
    const read = readHadoopXml(bytes, include);
    for (const { name, value: raw, final } of read.properties) {
      const isHidden = raw !== undefined && raw !== "" && isSecret(name, raw);
      const value = isHidden ? new Secret(`${where.at(-1) ?? ""}: ${name}`, () => raw) : raw;
      properties.set(name, { value, final, where });
    }
    const notices = read.remarks.map(({ line, ...remark }) => ({ ...remark, where: atLine(line) }));
    return { properties, problems: [], notices };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const { message, hint, line } = error;
    return { properties, problems: [problem("bad-xml", atLine(line), message, hint)], notices: [] };
  }
}
