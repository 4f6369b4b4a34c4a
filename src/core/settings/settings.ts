import { customCleanEnv } from "envalid";
import type { Declaration, EnvSpec, Settings } from "./declaration.ts";
import { readDocument, readSecret } from "./hidden-variables.ts";
import { holdsSecret, isSecretVariable } from "../../formats/secret-values.ts";
import { readFamilies, unknownNames } from "./known-names.ts";
import type { Notice, Problem } from "../findings/problem.ts";
import { Secret } from "../../secret.ts";
import { settingsProblems } from "./problems.ts";
import type { System } from "../system/system.ts";

export interface ParsedSettings {
  /** The settings of a declaration that was passed in. */
  readonly of: <S extends EnvSpec>(declaration: { readonly env: S }) => Settings<S>;
  /** A variable as `${NAME}` in a configuration means it: a Secret where its value must not be shown. Empty counts as unset. */
  readonly variable: (name: string) => string | Secret | undefined;
  /** The declaration's variables that are set, as they are called in the environment. A flag that is false is not. */
  readonly given: (declaration: { readonly env: EnvSpec }) => readonly string[];
  /** Names that the child must not inherit. */
  readonly unset: readonly string[];
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

const { problem } = settingsProblems;

/** Their values end up on a command line, so they must be read. */
const jvmOptions = /_JAVA_OPT|JAVA_TOOL_OPTIONS|JVM_ARGS/;

/** Validates the environment against everything that is declared. Pure but for the files it reads through `system`; never throws. */
export function parseSettings(
  declarations: readonly Declaration[],
  environment: Readonly<Record<string, string | undefined>>,
  system: System,
): ParsedSettings {
  const problems: Problem[] = [];
  const notices: Notice[] = [];
  const env = new Map(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ""),
  );
  const variables = new Map(declarations.flatMap((declaration) => Object.entries(declaration.env)));
  const wrong: Record<string, unknown> = {};
  const cleaned: Readonly<Record<string, unknown>> = customCleanEnv(
    Object.fromEntries(env),
    Object.fromEntries([...variables].map(([name, variable]) => [name, variable.validator])),
    (values: Record<string, unknown>) => values,
    {
      reporter: ({ errors }) => {
        for (const name of Object.keys(errors)) {
          const { expects = "", validator } = variables.get(name) ?? {};
          // What it would be if it were not set: a feature sees only values of its variables' types.
          wrong[name] = validator?.default;
          const text = `${quoted(env.get(name) ?? "")} is not ${expects}`;
          problems.push(problem("bad-value", [name], text, `set it to ${expects}, or unset it`));
        }
      },
    },
  );
  const values = { ...cleaned, ...wrong };
  for (const [name, variable] of variables) {
    if (variable.holds === "value") continue;
    const found = variable.holds === "secret" ? readSecret(name, env, system) : readDocument(name, env, system);
    values[name] = found.value;
    problems.push(...(found.problems ?? []));
    notices.push(...(found.notices ?? []));
  }
  const families = readFamilies(declarations, env);
  notices.push(...unknownNames(declarations, variables, env));
  const hidden = [...variables].filter(([, variable]) => variable.holds !== "value").map(([name]) => name);
  return {
    of: <S extends EnvSpec>(declaration: { readonly env: S }) =>
      ({
        ...Object.fromEntries(Object.keys(declaration.env).map((name) => [name, values[name]])),
        families,
      }) as Settings<S>,
    given: ({ env: declared }) =>
      Object.keys(declared).flatMap((name) =>
        values[name] === false ? [] : [name, `${name}_FILE`].filter((each) => env.has(each)),
      ),
    variable: (name) => {
      const value = env.get(name);
      if (value === undefined) return secretOfFile(name, env, system);
      const isSecret =
        hidden.includes(name) || isSecretVariable(name) || (holdsSecret(value) && !jvmOptions.test(name));
      return isSecret ? new Secret(name, () => value) : value;
    },
    unset: hidden.filter((name) => env.has(name)),
    problems,
    notices,
  };
}

/** The content of the file that `NAME_FILE` names, as images of databases read their passwords. */
function secretOfFile(name: string, env: ReadonlyMap<string, string>, system: System): Secret | undefined {
  const path = env.get(`${name}_FILE`);
  if (path?.startsWith("/") !== true) return undefined;
  const read = system.readSecretFile(path);
  return read.kind === "secret" && !read.empty ? read.secret : undefined;
}

function quoted(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}
