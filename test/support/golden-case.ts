import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** What case.json of a golden case may say; see test/golden/README.md. */
export interface CaseOptions {
  /** `["jobmanager"]` if absent. */
  readonly command?: readonly string[];
  readonly flinkVersion?: string;
  /** Paths that this process may not read, nor anything below them. Root could read them whatever their mode. */
  readonly denied?: readonly string[];
  /** Paths that this process may not write to. */
  readonly readOnly?: readonly string[];
  /** Modes of files, in octal; 644 otherwise. */
  readonly modes?: Readonly<Record<string, string>>;
  /** Folders with nothing in them, which git does not keep. */
  readonly directories?: readonly string[];
  /** Symbolic links; targets are relative, because a plan looks paths up below a root. */
  readonly links?: Readonly<Record<string, string>>;
  readonly fifos?: readonly string[];
  /** Files whose bytes are the characters U+0000 to U+00FF of a string. */
  readonly bytes?: Readonly<Record<string, string>>;
  /** Files of that many bytes, which take no room on the disk. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** Files (or variables, if there is no slash in front) of one text many times. */
  readonly repeat?: Readonly<Record<string, { readonly text: string; readonly times: number }>>;
}

const optionNames: ReadonlySet<string> = new Set<keyof CaseOptions>([
  "command",
  "flinkVersion",
  "denied",
  "readOnly",
  "modes",
  "directories",
  "links",
  "fifos",
  "bytes",
  "repeat",
  "sizes",
]);

/** A folder of test/golden/cases. */
export interface GoldenCase {
  readonly name: string;
  readonly folder: string;
  readonly options: CaseOptions;
  readonly environment: Readonly<Record<string, string>>;
}

const casesFolder = join(import.meta.dirname, "..", "golden", "cases");

/** Every golden case, by name. */
export function goldenCases(): readonly GoldenCase[] {
  return readdirSync(casesFolder)
    .toSorted()
    .filter((name) => statSync(join(casesFolder, name)).isDirectory())
    .map(readCase);
}

function readCase(name: string): GoldenCase {
  const folder = join(casesFolder, name);
  const options = readOptions(join(folder, "case.json"));
  const repeated = Object.entries(options.repeat ?? {})
    .filter(([key]) => !key.startsWith("/"))
    .map(([key, { text, times }]) => [key, text.repeat(times)] as const);
  const environment = {
    PATH: "/usr/bin:/bin",
    SLUICE_RUN_DIR: "/run/sluice",
    ...parseEnvironment(readFileSync(join(folder, "env"), "utf8"), name),
    ...Object.fromEntries(repeated),
  };
  return { name, folder, options, environment };
}

function readOptions(path: string): CaseOptions {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return {};
  const options = JSON.parse(readFileSync(path, "utf8")) as CaseOptions;
  const stranger = Object.keys(options).find((name) => !optionNames.has(name));
  if (stranger !== undefined) throw new Error(`${path}: there is no option ${stranger}`);
  return options;
}

/** Lines of `NAME=value`; a value in double quotes is JSON. */
function parseEnvironment(text: string, name: string): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const equals = line.indexOf("=");
    if (equals < 1) throw new Error(`${name}/env: ${line} is not NAME=value`);
    const value = line.slice(equals + 1);
    environment[line.slice(0, equals)] = value.startsWith('"') ? (JSON.parse(value) as string) : value;
  }
  return environment;
}
