import { appendFileSync } from "node:fs";
import { inspect } from "node:util";
import { expect } from "vitest";
import { planJson } from "../../../src/core/plan/plan-json.ts";
import { printPlan } from "../../../src/core/plan/print-plan.ts";
import { declarations } from "../../../src/cli/environment-reference.ts";
import { childEnvironment } from "../../../src/shell/process/exec.ts";
import type { CaseRoot } from "../../support/case-root.ts";
import type { GoldenCase } from "../../support/golden-case.ts";
import { planted } from "../../support/planted.ts";
import { type RunCase, runCase, stderrOf, type Variation } from "../../support/run-case.ts";
import type { Law } from "./law.ts";

const variables = declarations.flatMap(({ env }) => Object.entries(env));
const secrets = variables.filter(([, { holds }]) => holds === "secret").map(([name]) => name);
const documents = variables.filter(([, { holds }]) => holds === "document").map(([name]) => name);

/** Sensitive keys as a user may write them, in each place that is read. */
function plant({ environment, options }: GoldenCase): Variation {
  const isFree = (name: string) =>
    environment[name] === undefined &&
    environment[`${name}_FILE`] === undefined &&
    options.repeat?.[name] === undefined;
  const given = Object.entries(environment).filter(([name]) => documents.includes(name));
  return {
    environment: {
      ...Object.fromEntries(given.map(([name, text]) => [name, `${text}\nfs.s3a.secret.key: ${planted}-in-a-text\n`])),
      ...Object.fromEntries(secrets.filter(isFree).map((name) => [name, `${planted}-in-${name}`])),
      ...Object.fromEntries(
        documents
          .filter(isFree)
          .map((name) => [name, `s3.secret-key: ${planted}-in-${name}\nfs.oss.token: \${OSS_SECRET}`]),
      ),
      OSS_SECRET: `${planted}-in-a-variable`,
    },
    arguments: ["-D", `s3.secret-key=${planted}-in-an-argument`, `-Dfs.azure.account.key=${planted}-in-another`],
    prepare: plantInFiles,
  };
}

function plantInFiles(root: CaseRoot): void {
  for (const path of root.files().filter((name) => /\/(config|flink-conf)\.yaml$/.test(name))) {
    appendFileSync(root.at(path), `\ns3.secret-key: ${planted}-in-a-file\n# s3.password: ${planted}-in-a-comment\n`);
  }
}

/** Everything that a person, a log or the process list shows of a run. */
function outputs(run: RunCase): Readonly<Record<string, string>> {
  const { planned, environment } = run;
  const always = { stderr: stderrOf(planned), json: planJson(planned) };
  if (planned.kind === "problems") return { ...always, value: inspect(planned, { depth: null }) };
  // The user's own -D stay in the command that is started, and nowhere else.
  const { command: _command, exec, ...rest } = planned.plan;
  const child = childEnvironment(exec, environment);
  const ours = [...secrets, ...documents].map((name) => child[name] ?? "");
  return {
    ...always,
    text: printPlan(planned.plan),
    value: inspect(rest, { depth: null }),
    environment: [...Object.values(exec.set), ...ours].join("\n"),
    arguments: exec.argv.filter((argument) => !run.command.includes(argument)).join("\n"),
  };
}

function expectNoSecret(run: RunCase, how: string): void {
  for (const [where, text] of Object.entries(outputs(run))) {
    const at = text.indexOf(planted);
    const found = at < 0 ? "" : `${where}: ${text.slice(Math.max(0, at - 60), at + 60)}`;
    expect(found, `no planted secret shows up, ${how}`).toBe("");
  }
}

/** Also with secrets planted everywhere, which is a plan of its own. */
export const noSecret: Law = {
  name: "no planted secret shows up",
  check(run, golden) {
    expectNoSecret(run, "with the case unchanged");
    using other = runCase(golden, plant(golden));
    expectNoSecret(other, "with secrets planted everywhere");
  },
};
