import { declarations } from "../src/cli/environment-reference.ts";
import { flinkConfProblems } from "../src/core/plan/merge-flink-conf.ts";
import type { Catalogue } from "../src/core/feature/feature.ts";
import { referenceMarkdown } from "../src/core/settings/reference.ts";
import { settingsProblems } from "../src/core/settings/problems.ts";
import { features } from "../src/features/index.ts";
import { doors } from "../src/features/open-doors/index.ts";
import { launchProblems } from "../src/flink/launch-problems.ts";
import { peerProblems } from "../src/preflight/problems.ts";
import { goldenCases } from "../test/support/golden-case.ts";
import { readFound } from "../test/services/faults/found.ts";
import { expectedProblems, type ShownProblem } from "../test/support/expected-problems.ts";
import { chartValuesMarkdown } from "./chart-values.ts";
import { javaSupportMarkdown } from "./java-support-docs.ts";

/** Every area's problems, once. */
export const catalogues: readonly Catalogue[] = [
  ...new Set<Catalogue>([
    settingsProblems,
    flinkConfProblems,
    ...features.map(({ problems }) => problems),
    launchProblems,
  ]),
];

const networkCatalogues: readonly Catalogue[] = [
  ...features.flatMap(({ networkProblems }) => networkProblems ?? []),
  peerProblems,
];

const documented = [...catalogues, ...networkCatalogues].filter(
  ({ explanations }) => Object.keys(explanations).length > 0,
);

/** The code of every problem that a plan can have. */
export const problemCodes: readonly string[] = catalogues.flatMap(codesOf);

/** The code of every problem that only the network shows. */
export const networkCodes: readonly string[] = networkCatalogues.flatMap(codesOf);

function codesOf({ area, explanations }: Catalogue): readonly string[] {
  return Object.keys(explanations).map((name) => `${area}/${name}`);
}

/** The documents that are made from the code, by their path in the repository. */
export function referenceDocs(): ReadonlyMap<string, string> {
  return new Map([
    ["docs/environment.md", `${environmentIntroduction}\n${referenceMarkdown(declarations)}`],
    ["docs/problems.md", `${problemsIntroduction}\n${documented.map(problemsOf).join("\n")}`],
    ["docs/open-doors.md", openDoorsPage()],
    ["docs/java.md", javaSupportMarkdown()],
    ["docs/chart-values.md", chartValuesMarkdown(chartIntroduction)],
  ]);
}

const generated = "<!-- Made by `npm run docs`; a test compares it with the code. -->";

const environmentIntroduction = `# Environment variables

${generated}

An empty variable counts as unset. Of a pair such as \`X\`, \`X_FILE\`, the second is the path of a file that holds the value. A secret
is given by one of them; a text may be given by both, and then the variable wins key by key. Secrets, and whatever comes from a file,
are never shown. Sluice removes both variables from the environment of Flink. Flags take true or false, yes or no, on or off, 1 or 0,
in any case. A variable that is set and not read is a warning, and so is a name that is nearly one of these. Sluice passes over what
Kubernetes sets for each Service (\`*_SERVICE_HOST\`, \`*_SERVICE_PORT*\`, \`*_PORT\`, \`*_PORT_*\`).
`;

const problemsIntroduction = `# Problems

${generated}

Sluice says everything that is wrong in one run, each with what to do about it. Then nothing has been written, nothing has
been started, and the exit code is 78. The code in brackets at the end of a hint is a heading on this page. Each example is
what a case in [test/golden/cases](../test/golden/cases) comes to. What only \`sluice check\` finds, over the network, is shown as
it was found with a real server in [test/services/faults](../test/services/faults); its exit code is 69.
`;

function openDoorsPage(): string {
  const rows = doors.map(({ name, risk, closedBy }) => `| \`${name}\` | ${risk} | ${closedBy} |`);
  return `${openDoorsIntroduction}\n| door | risk | closed by |\n| --- | --- | --- |\n${rows.join("\n")}\n\n${openDoorsLimits}`;
}

const openDoorsIntroduction = `# Open doors

${generated}

After this page you know which ways into Flink stay open although TLS is on, and how to close or allow each.

    $ export FLINK_SSL_INTERNAL_ENABLED=true SLUICE_STRICT=true
    $ sluice plan jobmanager
    sluice: error: security.ssl.rest.enabled: REST is not encrypted: anyone who reaches its port can submit jobs, and so run code

With a flag of TLS on, each open door is a warning. \`SLUICE_STRICT=true\` makes it an error, and nothing starts.
\`SLUICE_ALLOW=metrics-plaintext,jmx\` names the doors that may stay open; the others stay errors.
`;

const openDoorsLimits = `## Limits

- Sluice looks at the configuration, the JVM options and the environment of the process that it starts. It does not look at jobs,
  which can open ports, nor at agents (-javaagent) and metrics reporters of other vendors.
- A NetworkPolicy or a firewall may close a door that Sluice calls open: allow the door by its name then.
- What takes a part of Flink's internal communication out of TLS, such as \`taskmanager.data.ssl.enabled: false\`, is always an
  error: [problems](problems.md).
`;

const chartIntroduction = `${generated}

Helm checks them against [values.schema.json](../deploy/chart/values.schema.json); what is wrong only together is refused by the
chart itself, all at once. A key that is not here is refused. [How to use them](kubernetes.md).
`;

function problemsOf({ area, explanations }: Catalogue): string {
  const entries = Object.entries(explanations).map(([name, explanation]) => {
    const code = `${area}/${name}`;
    const shown = examples().get(code);
    const example = shown === undefined ? "" : `\n    ${shown.error}\n    ${shown.hint}\n`;
    return `### ${code}\n\n${explanation}\n${example}`;
  });
  return `## ${area}\n\n${entries.join("\n")}`;
}

/** For each code, the shortest of what the golden cases show, or else of what the faults do. */
function examples(): ReadonlyMap<string, ShownProblem> {
  const length = ({ error, hint }: ShownProblem) => error.length + hint.length;
  const byLength = (all: readonly ShownProblem[]) => all.toSorted((one, other) => length(other) - length(one));
  const shown = [...byLength(Object.values(readFound())), ...byLength(goldenCases().flatMap(expectedProblems))];
  return new Map(shown.map((problem) => [problem.code, problem]));
}
