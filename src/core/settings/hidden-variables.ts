import type { Notice, Problem } from "../findings/problem.ts";
import { readingFailure } from "../system/reading-failure.ts";
import { Secret } from "../../secret.ts";
import { settingsProblems } from "./problems.ts";
import type { SecretFileRead, System, Unreadable } from "../system/system.ts";
import type { Document } from "./variables.ts";

const { problem } = settingsProblems;

/** Far above any Flink configuration. */
const largestDocument = 1_048_576;

/** The result of reading a secret or document variable. */
export interface Found<T> {
  readonly value?: T;
  readonly problems?: readonly Problem[];
  readonly notices?: readonly Notice[];
}

/** The path in `name_FILE`. A problem does not show it: users who take `_FILE` for the variable itself put the secret there. */
function fileOf(name: string, env: ReadonlyMap<string, string>): Found<string | undefined> {
  if (env.has(name) && env.has(`${name}_FILE`)) {
    const hint = `unset one of them; ${name}_FILE keeps the value out of the environment`;
    return { problems: [problem("both-given", [name], `${name}_FILE is set as well`, hint)] };
  }
  return pathOf(name, env);
}

function pathOf(name: string, env: ReadonlyMap<string, string>): Found<string | undefined> {
  const path = env.get(`${name}_FILE`);
  if (path === undefined) return {};
  if (path.startsWith("/")) return { value: path };
  const hint = `give the path of a file, from the root on; a value goes into ${name}`;
  return { problems: [problem("bad-file", [`${name}_FILE`], "this is not an absolute path", hint)] };
}

/** The secret in `name`, or in the file that `name_FILE` names; one newline at its end is taken off. */
export function readSecret(name: string, env: ReadonlyMap<string, string>, system: System): Found<Secret> {
  const { value: file, problems } = fileOf(name, env);
  if (problems !== undefined) return { problems };
  const raw = env.get(name);
  if (file !== undefined) {
    const where = [`${name}_FILE`, file];
    const read = system.readSecretFile(file);
    if (read.kind !== "secret") return { problems: [unreadable(where, read)] };
    return checkedSecret(where, read);
  }
  if (raw === undefined) return {};
  const value = raw.replace(/\r?\n$/, "");
  return checkedSecret([name], {
    secret: new Secret(name, () => value),
    empty: value === "",
    trailingNewline: value !== raw,
  });
}

function checkedSecret(
  where: readonly string[],
  read: Pick<Extract<SecretFileRead, { kind: "secret" }>, "secret" | "empty" | "trailingNewline">,
): Found<Secret> {
  if (read.empty)
    return {
      problems: [problem("empty-secret", where, "the secret is empty", "put the secret in, or unset the variable")],
    };
  if (!read.trailingNewline) return { value: read.secret };
  return {
    value: read.secret,
    notices: [
      {
        level: "warning",
        where,
        text: "one newline at the end was taken off",
        hint: "make the Secret without it, as with printf or echo -n",
      },
    ],
  };
}

/** The text in `name`, and the one in the file that `name_FILE` names. */
export function readDocument(name: string, env: ReadonlyMap<string, string>, system: System): Found<Document> {
  const file = readDocumentFile(name, env, system);
  const text = env.get(name);
  if (text === undefined) return file;
  const own = checkedDocument([name], text, text.length, false);
  const problems = [...(file.problems ?? []), ...(own.problems ?? [])];
  if (problems.length > 0 || own.value === undefined) return { problems };
  return { value: file.value === undefined ? own.value : { ...own.value, base: file.value } };
}

function readDocumentFile(name: string, env: ReadonlyMap<string, string>, system: System): Found<Document> {
  const { value: path, problems } = pathOf(name, env);
  if (problems !== undefined) return { problems };
  if (path === undefined) return {};
  const where = [`${name}_FILE`, path];
  const read = system.readFile(path);
  if (read.kind !== "file") return { problems: [unreadable(where, read)] };
  return checkedDocument(where, new TextDecoder().decode(read.bytes), read.bytes.length, true);
}

function checkedDocument(where: readonly string[], text: string, size: number, hidden: boolean): Found<Document> {
  if (size > largestDocument) {
    const what = `${size} bytes are more than the ${largestDocument} a configuration may have`;
    return { problems: [problem("too-large", where, what, "check that it is the right text")] };
  }
  if (text.includes("\uFFFD") || text.includes("\0")) {
    const hint = "check that it is the right text, and save it as UTF-8";
    return { problems: [problem("not-text", where, "this is not UTF-8 text", hint)] };
  }
  return { value: { text, where, hidden } };
}

function unreadable(where: readonly string[], read: Unreadable): Problem {
  const { text, hint } = readingFailure(read.kind);
  return problem("bad-file", where, text, hint);
}
