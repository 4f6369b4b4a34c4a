import type { Notice } from "./problem.ts";
import type { Declaration, EnvPattern, Families } from "./declaration.ts";
import { instead } from "./other-images.ts";
import { suggest } from "./suggest.ts";
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
  const matchers = declarations.flatMap((declaration) => declaration.envPatterns ?? []).map(familyMatcher);
  const notices: Notice[] = [];
  for (const [name, value] of env) {
    const otherwise = instead(name, value);
    if (otherwise !== undefined) {
      notices.push({ level: "warning", where: [name], text: "another image reads it, not this one", hint: otherwise });
      continue;
    }
    const isOurs = /^(SLUICE|FLINK_SSL|TRUST)_/.test(name);
    if (known.has(name) || injected.test(name)) continue;
    // FLINK_SSL_ENABLED is a member of <SERVICE>_SSL_ENABLED, and a misunderstanding.
    if (!isOurs && matchers.some((matcher) => matcher.test(name))) continue;
    const suggestion = suggest(name, names, 2);
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
