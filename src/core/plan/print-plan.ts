import { maskArguments, maskEnvironment } from "./mask-arguments.ts";
import type { Content, OwnedFlinkKey, Plan, PlannedFile } from "./plan.ts";
import { maskText } from "../../secret.ts";

/** A plan as a person reads it. Secrets are masks; nothing else is left out. */
export function printPlan(plan: Plan): string {
  const { flink } = plan;
  const version = `Flink ${flink.version}${flink.checked ? "" : " (not checked)"}`;
  return [
    `${maskArguments(plan.command).join(" ") || "(no command)"}: ${version} in ${flink.home}, files in ${plan.roleDir}\n`,
    section("Flink configuration, with who set it", flinkKeys(plan.flinkConf)),
    section("Files", plan.files.flatMap(file)),
    section(
      "Links",
      plan.links.map((link) => `${link.path} -> ${link.target}  (${link.owner})`),
    ),
    section("Certificates to trust", plan.trusted.map(trusted)),
    section(
      "Cryptography",
      plan.algorithms.map(({ part, name }) => `${part}: ${name}`),
    ),
    section("Environment", [
      ...Object.entries(maskEnvironment(plan.exec.set)).map(([name, value]) => `+ ${name}=${oneLine(value)}`),
      ...plan.exec.unset.map((name) => `- ${name}`),
    ]),
    section("Command", [
      plan.exec.path,
      ...argumentLines(maskArguments(plan.exec.argv.slice(1))),
      ...redirection(plan.exec),
    ]),
  ].join("");
}

function section(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return "";
  return `\n${title}\n${lines.map((line) => `  ${line}\n`).join("")}`;
}

function flinkKeys(keys: readonly OwnedFlinkKey[]): readonly string[] {
  const lines = keys.map(({ key, value }) => `${key}: ${String(value)}`);
  const width = Math.min(90, Math.max(0, ...lines.map((line) => line.length)));
  return keys.map(({ owner }, index) => `${(lines[index] ?? "").padEnd(width)}  (${owner})`).toSorted();
}

function file(planned: PlannedFile & { readonly owner: string }): readonly string[] {
  const mode = planned.mode.toString(8).padStart(4, "0");
  return [`${planned.path}  ${mode}  (${planned.owner})`, ...content(planned).map((line) => `  ${line}`)];
}

function content(planned: PlannedFile): readonly string[] {
  switch (planned.content.kind) {
    case "copy":
      return [`a copy of ${planned.content.from}`];
    case "text":
      return difference(planned, maskText(planned.content.text));
    case "keystore":
      return keystore(planned.content);
  }
}

/** The lines of a new file, or those in which it differs from the one that it is made from. Both have one key a line. */
function difference({ basis }: PlannedFile, after: string): readonly string[] {
  if (basis === undefined) return linesOf(after).map((line) => `+${line}`);
  const [before, now] = [linesOf(maskText(basis.text)), linesOf(after)];
  const [known, kept] = [new Set(before), new Set(now)];
  const unchanged = now.filter((line) => known.has(line)).length;
  const keys = unchanged === 1 ? "1 key" : `${unchanged} keys`;
  return [
    `from ${basis.path}, with ${keys} unchanged`,
    ...[
      ...before.filter((line) => !kept.has(line)).map((line) => `-${line}`),
      ...now.filter((line) => !known.has(line)).map((line) => `+${line}`),
    ].toSorted((one, other) => compare(one.slice(1), other.slice(1)) || compare(other, one)),
  ];
}

function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function keystore(store: Extract<Content, { kind: "keystore" }>): readonly string[] {
  const inherited = store.inherited?.length ?? 0;
  return [
    `PKCS#12, ${store.password === undefined ? "no password" : `password ${String(store.password)}`}`,
    ...(inherited > 0 ? [`${inherited} ${inherited === 1 ? "entry" : "entries"} of the JDK`] : []),
    ...store.entries.map((entry) => {
      if (entry.kind === "trusted") return `trusted ${entry.alias}: ${subject(entry.certificate)}`;
      return `key ${entry.alias}: ${entry.chain.map(subject).join(" <- ")}, ${String(entry.pkcs8)}`;
    }),
  ];
}

interface Named {
  readonly subject: string;
  readonly sha256: string;
  readonly notAfter: Date;
}

function subject(certificate: Named): string {
  return `${certificate.subject || "(no subject)"} until ${day(certificate.notAfter)}`;
}

function trusted({ certificate, alias, service, source }: Plan["trusted"][number]): string {
  return `${service}: ${subject(certificate)}, SHA-256 ${certificate.sha256}, as ${alias}, from ${source}`;
}

/** One argument a line, `-D` together with its property. */
function argumentLines(argv: readonly string[]): readonly string[] {
  return argv.flatMap((argument, index) => {
    if (argv[index - 1] === "-D") return [];
    return [`  ${argument === "-D" ? argv.slice(index, index + 2).join(" ") : argument}`];
  });
}

function redirection({ redirect }: Plan["exec"]): readonly string[] {
  return redirect === undefined ? [] : [`  > ${redirect.stdout}`, `  2> ${redirect.stderr}`];
}

/** A value of several lines as a JSON string. */
function oneLine(value: string): string {
  return /[\r\n]/.test(value) ? JSON.stringify(value) : value;
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
