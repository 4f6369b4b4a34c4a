import { join } from "node:path/posix";
import type { Finding } from "../../core/findings/findings.ts";
import { readingFailure } from "../../core/system/reading-failure.ts";
import { suggest } from "../../core/findings/suggest.ts";
import type { FileRead, System } from "../../core/system/system.ts";
import { isKeyId, isPrintable, readKeyFile } from "./key-file.ts";
import { sealedStateProblems } from "./problems.ts";

const { problem } = sealedStateProblems;

const variable = "SEALED_STATE_KEY_DIR";

/** Everything that would keep the plugin from using a folder of keys, and which keys there are. */
export function checkKeys(dir: string, system: System): readonly Finding[] {
  const read = system.listDirectory(dir);
  if (read.kind !== "listing") {
    const { text, hint } = readingFailure(read.kind);
    const mount = read.kind === "missing" ? `mount the Secret with the keys there, or set ${variable}` : hint;
    return [problem("keys-unreadable", [variable, dir], text, mount)];
  }
  const ids = read.names.filter(isKeyId);
  const primary = system.readFile(join(dir, "primary"));
  return [
    ...read.names.filter((name) => name !== "primary" && !isKeyId(name)).map((name) => badName(dir, name)),
    ...checkEach(dir, ids, primary.kind === "file" ? idIn(primary.bytes) : undefined, system),
    ...(ids.length === 0 ? [noKeys(dir)] : checkPrimary(dir, ids, primary)),
  ];
}

function badName(dir: string, name: string): Finding {
  const hint =
    "name it with up to 46 letters, digits, dots, underscores and hyphens, or take it out: all files here are keys";
  return problem("bad-key-name", [variable, join(dir, name)], "this cannot be the id of a key", hint);
}

function noKeys(dir: string): Finding {
  const hint = "create one: openssl rand -base64 32 > KEY_ID";
  return problem("no-keys", [variable, dir], "there is no key in it", hint);
}

function checkEach(
  dir: string,
  ids: readonly string[],
  primary: string | undefined,
  system: System,
): readonly Finding[] {
  const findings: Finding[] = [];
  const known = new Map<string, string>();
  const open: string[] = [];
  for (const id of ids) {
    const path = join(dir, id);
    const where = [variable, path];
    const read = system.readFile(path);
    if (read.kind !== "file") {
      const { text, hint } = readingFailure(read.kind);
      findings.push(problem("key-unreadable", where, text, hint));
      continue;
    }
    if ((read.mode & 0o007) !== 0) open.push(id);
    const key = readKeyFile(read.bytes);
    if (!(key instanceof Uint8Array)) {
      findings.push(problem("bad-key", where, key.text, key.hint));
      continue;
    }
    if (isPrintable(key)) findings.push(printable(dir, id, id === primary));
    const bytes = Buffer.from(key).toString("latin1");
    const same = known.get(bytes);
    if (same === undefined) known.set(bytes, id);
    else findings.push(problem("same-key", where, `it is the same key as ${same}`, `make a new key for ${id}`));
  }
  return open.length === 0 ? findings : [...findings, forEveryone(dir, open)];
}

function forEveryone(dir: string, ids: readonly string[]): Finding {
  const hint = "mount the Secret with defaultMode 0440, and fsGroup";
  return { level: "warning", where: [variable, dir], text: `every user may access ${ids.join(", ")}`, hint };
}

/** State that such a key encrypts may exist, so that it can still be read with. */
function printable(dir: string, id: string, isPrimary: boolean): Finding {
  const where = [variable, join(dir, id)];
  const text = "it consists of printable characters, and is not a random key";
  if (isPrimary) {
    const hint = `add a key from openssl rand -base64 32, write its id into primary, and keep ${id} for old files (docs/sealed-state.md, Rotation)`;
    return problem("printable-key", where, text, hint);
  }
  const hint = `restart each job from a canonical savepoint, and remove ${id} when no file needs it (docs/sealed-state.md, Rotation)`;
  return { level: "warning", where, text, hint };
}

function checkPrimary(dir: string, ids: readonly string[], read: FileRead): readonly Finding[] {
  const where = [variable, join(dir, "primary")];
  if (read.kind === "missing") {
    const hint = `write the id of the key for new files into it: ${ids.join(", ")}`;
    return [problem("no-primary", where, "no such file", hint)];
  }
  if (read.kind !== "file") {
    const { text, hint } = readingFailure(read.kind);
    return [problem("key-unreadable", where, text, hint)];
  }
  const id = idIn(read.bytes);
  if (ids.includes(id)) {
    return [{ level: "info", where: [variable, dir], text: `keys ${ids.join(", ")}; ${id} encrypts what is new` }];
  }
  // What is no id may be a key that was written into the wrong file.
  const named = isKeyId(id) ? `there is no key ${id}` : "what it holds is not the id of a key";
  const suggestion = isKeyId(id) ? suggest(id, ids) : undefined;
  const hint =
    suggestion === undefined ? `write one of these into it: ${ids.join(", ")}` : `did you mean ${suggestion}?`;
  return [problem("primary-missing", where, named, hint)];
}

function idIn(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8").trim();
}
