import type { Problem } from "../../core/findings/problem.ts";
import { readingFailure } from "../../core/system/reading-failure.ts";
import { Secret } from "../../secret.ts";
import type { System } from "../../core/system/system.ts";
import { currentName } from "./site/names.ts";
import { hadoopProblems } from "./problems.ts";
import { isSecret } from "../../formats/secret-values.ts";
import type { Properties } from "./property.ts";

const { problem } = hadoopProblems;

export interface FamilyRead {
  readonly properties: Properties;
  readonly problems: readonly Problem[];
  /** Variables whose value is secret. */
  readonly unset: readonly string[];
}

const separators: Readonly<Record<string, string>> = { _: ".", __: "_", ___: "-" };

/** `fs_s3a_multipart___size` is `fs.s3a.multipart-size`: the rule that the images of Hadoop have made known. */
function propertyName(suffix: string): string {
  return suffix.replaceAll(/_{1,3}/g, (underscores) => separators[underscores] ?? underscores);
}

/** The properties that variables such as `CORE_CONF_fs_defaultFS` or `CORE_CONF_fs_s3a_secret_key_FILE` set. */
export function readFamily(prefix: string, members: Readonly<Record<string, string>>, system: System): FamilyRead {
  const properties: Properties = new Map();
  const problems: Problem[] = [];
  const unset: string[] = [];
  for (const [suffix, raw] of Object.entries(members)) {
    const variable = `${prefix}_${suffix}`;
    const name = currentName(propertyName(suffix.replace(/_FILE$/, "")));
    if (suffix.endsWith("_FILE")) {
      const secret = readFile(variable, raw, system);
      if (typeof secret === "object" && "code" in secret) problems.push(secret);
      else properties.set(name, { value: secret, final: false, where: [variable, raw] });
    } else if (Object.hasOwn(members, `${suffix}_FILE`)) {
      problems.push(problem("both-given", [variable], `${variable}_FILE is set as well`, "unset one of them"));
    } else {
      const isHidden = isSecret(name, raw);
      const value = isHidden && raw !== "" ? new Secret(variable, () => raw) : raw;
      if (isHidden) unset.push(variable);
      properties.set(name, { value, final: false, where: [variable] });
    }
  }
  return { properties, problems, unset };
}

function readFile(variable: string, path: string, system: System): Secret | "" | Problem {
  // Not shown: it may be the secret itself.
  if (!path.startsWith("/")) {
    return problem("bad-file", [variable], "this is not an absolute path", "give the path of a file, from the root on");
  }
  const read = system.readSecretFile(path);
  if (read.kind === "secret") return read.empty ? "" : read.secret;
  const { text, hint } = readingFailure(read.kind);
  return problem("bad-file", [variable, path], text, hint);
}
