import type { Notice } from "../findings/problem.ts";
import type { Declaration, EnvPattern, Families } from "./declaration.ts";
import { instead } from "./foreign-variables.ts";
import { suggest } from "../findings/suggest.ts";
import type { Variable } from "./variables.ts";

/** The members of each declared family that the environment has. */
export function readFamilies(declarations: readonly Declaration[], env: ReadonlyMap<string, string>): Families {
  const families: Record<string, Record<string, string>> = {};
  for (const pattern of declarations.flatMap((declaration) => declaration.envPatterns ?? [])) {
    const matcher = familyMatcher(pattern);
    const members: Record<string, string> = {};
    for (const [name, value] of env) {
      const placeholder = matcher.exec(name)?.[1];
      if (placeholder !== undefined) members[placeholder] = value;
    }
    families[pattern.name] = members;
  }
  return families;
}

function familyMatcher(pattern: EnvPattern): RegExp {
  return new RegExp(`^${pattern.name.replace(/<[A-Z_]+>/, "([A-Za-z0-9_]+?)")}$`);
}

/** What Kubernetes sets for each Service of the namespace, and Docker for links. */
const injected = /_SERVICE_HOST$|_SERVICE_PORT(_.*)?$|_PORT$|_PORT_\d+_(TCP|UDP|SCTP)(_.*)?$/;

/** A warning for each name that is meant for us, as it looks, and that nothing declares. */
export function unknownNames(
  declarations: readonly Declaration[],
  variables: ReadonlyMap<string, Variable<unknown>>,
  env: ReadonlyMap<string, string>,
): Notice[] {
  const names = [...variables].flatMap(([name, variable]) =>
    variable.holds === "value" ? [name] : [name, `${name}_FILE`],
  );
  const known = new Set([...names, ...declarations.flatMap((declaration) => declaration.alsoKnown ?? [])]);
  const patterns = declarations.flatMap((declaration) => declaration.envPatterns ?? []);
  const matchers = patterns.map(familyMatcher);
  const notices: Notice[] = [];
  for (const [name, value] of env) {
    const otherwise = instead(name, value);
    if (otherwise !== undefined) {
      notices.push({
        level: "warning",
        where: [name],
        text: "this is a variable of another image; Sluice ignores it",
        hint: otherwise,
      });
      continue;
    }
    const isOurs = /^(SLUICE|FLINK_SSL|TRUST)_/.test(name);
    if (known.has(name) || injected.test(name)) continue;
    // FLINK_SSL_ENABLED is a member of <SERVICE>_SSL_ENABLED, and a misunderstanding.
    if (!isOurs && matchers.some((matcher) => matcher.test(name))) continue;
    const suggestion =
      suggest(name, names, name.length < 14 ? 2 : 3) ?? (isOurs ? undefined : nearFamily(name, patterns));
    if (suggestion === undefined && !isOurs) continue;
    notices.push({
      level: "warning",
      where: [name],
      text: "no such variable",
      hint: suggestion === undefined ? "run sluice env for the reference" : `did you mean ${suggestion}?`,
    });
  }
  return notices;
}

/** The member of a family that was probably meant: `S3_SSL_ENABLED` for `S3_SSL_ENABLD`. */
function nearFamily(name: string, patterns: readonly EnvPattern[]): string | undefined {
  for (const { name: family } of patterns) {
    const [, before = "", after = ""] = /^(.*)<[A-Z_]+>(.*)$/.exec(family) ?? [];
    // A family without an ending takes every name that starts with it.
    const words = after.split("_").length - 1;
    if (before !== "" || words === 0) continue;
    const parts = name.split("_");
    for (const size of [words, words + 1, words - 1]) {
      const ending = `_${parts.slice(-size).join("_")}`;
      const service = parts.slice(0, -size).join("_");
      if (service !== "" && size > 0 && suggest(ending, [after], 2) !== undefined) return `${service}${after}`;
    }
  }
  return undefined;
}
