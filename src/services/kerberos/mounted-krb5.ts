import { join } from "node:path/posix";
import type { PlannedFile } from "../../core/plan/plan.ts";
import type { Notice, Problem } from "../../core/findings/problem.ts";
import { readingFailure } from "../../core/system/reading-failure.ts";
import type { System } from "../../core/system/system.ts";
import { FormatError } from "../../formats/format-error.ts";
import { type Krb5Include, type Krb5Section, readKrb5Conf, writeKrb5Conf } from "../../formats/kerberos/krb5-conf.ts";
import { kerberosProblems } from "../../keytabs/problems.ts";

const { problem } = kerberosProblems;

export interface MountedKrb5 {
  readonly sections: readonly Krb5Section[];
  readonly content?: PlannedFile["content"];
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

/** What MIT and Java take of an `includedir`. */
const included = /^[A-Za-z0-9_-]+$|\.conf$/;

/** Reads a mounted krb5.conf and what it includes. All of it is written into one file, in the grammar that Java reads. */
export function readMountedKrb5(variable: string, path: string, system: System): MountedKrb5 {
  const problems: Problem[] = [];
  const notices: Notice[] = [];

  const readFile = (where: readonly string[], file: string): readonly Krb5Section[] => {
    const read = system.readFile(file);
    if (read.kind !== "file") {
      const { text, hint } = readingFailure(read.kind);
      problems.push(problem("krb5-conf-unreadable", where, text, hint));
      return [];
    }
    try {
      return readKrb5Conf(new TextDecoder().decode(read.bytes), (directive) => include(where, directive));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      problems.push(badFile(where, error));
      return [];
    }
  };

  const include = (where: readonly string[], { kind, path: named, line }: Krb5Include): readonly Krb5Section[] => {
    if (where.includes(named)) throw new FormatError("it includes itself", `take the ${kind} out`, line);
    if (!named.startsWith("/"))
      throw new FormatError(`${named} is not an absolute path`, "write it from the root on", line);
    const at = [...where, `line ${line}`, named];
    if (kind === "include") return readFile(at, named);
    const listing = system.listDirectory(named);
    if (listing.kind === "listing") {
      const files = listing.names.filter((name) => included.test(name) && !where.includes(join(named, name)));
      return files.flatMap((name) => readFile([...at.slice(0, -1), join(named, name)], join(named, name)));
    }
    const { text } = readingFailure(listing.kind);
    notices.push({
      level: "warning",
      where: at,
      text: `${text}; it is left out`,
      hint: `mount it, or take the ${kind} out`,
    });
    return [];
  };

  const where = [variable, path];
  const sections = readFile(where, path);
  if (problems.length > 0) return { sections, problems, notices };
  const content = flatten(where, sections);
  return "code" in content ? { sections, problems: [content], notices } : { sections, content, problems, notices };
}

function flatten(where: readonly string[], sections: readonly Krb5Section[]): PlannedFile["content"] | Problem {
  try {
    return { kind: "text", text: [writeKrb5Conf(sections)] };
  } catch (error) {
    if (error instanceof FormatError) return badFile(where, error);
    throw error;
  }
}

function badFile(where: readonly string[], { message, hint, line }: FormatError): Problem {
  return problem("bad-krb5-conf", line === undefined ? where : [...where, `line ${line}`], message, hint);
}
