import { ExitCode } from "../core/findings/exit-code.ts";

/** What run can be told. */
export interface RunOptions {
  readonly command: readonly string[];
  /** The name of a running process whose configuration the command uses, such as `jobmanager-2`. */
  readonly configOf: string | undefined;
}

/** What plan and check can be told. */
export interface PlanOptions extends RunOptions {
  readonly root: string | undefined;
  readonly flinkVersion: string | undefined;
  readonly output: "text" | "json";
}

/** What the command line asks for. */
export type Request =
  | ({ readonly verb: "run" } & RunOptions)
  | ({ readonly verb: "plan" | "check" } & PlanOptions)
  | { readonly verb: "certs"; readonly args: readonly string[] }
  | { readonly verb: "health"; readonly args: readonly string[] }
  | { readonly verb: "cds"; readonly out: string | undefined }
  | { readonly verb: "env" | "version" }
  | { readonly verb: "help"; readonly topic: string | undefined };

/** The command line is not one of ours. */
export class UsageError extends Error {
  readonly hint: string;
  readonly exitCode = ExitCode.usage;

  constructor(message: string, hint: string) {
    super(message);
    this.name = "UsageError";
    this.hint = hint;
  }
}

/** The official image's entrypoint, and the name by which the binary takes its place. */
export const entrypointName = "docker-entrypoint.sh";

const verbs = ["run", "plan", "check", "health", "env", "certs", "cds", "help", "version"] as const;

/**
 * Reads the command line. As {@link entrypointName} all arguments are the command to run.
 * @throws UsageError
 */
export function parseArguments(programName: string, args: readonly string[]): Request {
  if (programName === entrypointName) return runRequest(args);
  const [first, ...rest] = args;
  switch (first) {
    case undefined:
    case "-h":
    case "--help":
      return { verb: "help", topic: undefined };
    case "help":
      return { verb: "help", topic: rest[0] };
    case "-V":
    case "--version":
    case "version":
      return { verb: "version" };
    case "env":
      return rest.some(isHelp) ? { verb: "help", topic: "env" } : { verb: "env" };
    case "certs":
      return rest.some(isHelp) ? { verb: "help", topic: "certs" } : { verb: "certs", args: rest };
    case "health":
      return rest.some(isHelp) ? { verb: "help", topic: "health" } : { verb: "health", args: rest };
    case "cds":
      return cdsRequest(rest);
    case "run":
      return runRequest(rest);
    case "plan":
    case "check":
      return planRequest(first, rest);
    default:
      throw new UsageError(
        `there is no command ${JSON.stringify(first)}`,
        `to start it with Flink's configuration prepared: sluice run ${first}; the commands are ${verbs.join(", ")}`,
      );
  }
}

function isHelp(argument: string | undefined): boolean {
  return argument === "-h" || argument === "--help";
}

function runRequest(args: readonly string[]): Request {
  const [first, ...rest] = args;
  if (isHelp(first) || first === "help") return { verb: "help", topic: "run" };
  if (first === "--dry-run") return planRequest("plan", rest);
  if (first?.startsWith("-") !== true) return { verb: "run", command: commandOf("run", args), configOf: undefined };
  const [name, attached] = splitOption(first);
  if (name !== "--config-of") throw new UsageError(`run has no option ${name}`, "see: sluice help run");
  const [configOf, ...command] = attached === undefined ? rest : [attached, ...rest];
  if (configOf === undefined || configOf === "")
    throw new UsageError("--config-of needs a value", "see: sluice help run");
  return { verb: "run", command: commandOf("run", command), configOf };
}

function planRequest(verb: "plan" | "check", args: readonly string[]): Request {
  let root: string | undefined;
  let flinkVersion: string | undefined;
  let output: "text" | "json" = "text";
  let configOf: string | undefined;
  let index = 0;
  for (; args[index]?.startsWith("-") === true; index++) {
    const argument = args[index] ?? "";
    if (isHelp(argument)) return { verb: "help", topic: verb };
    const [name, attached] = splitOption(argument);
    const value = attached ?? args[++index];
    if (value === undefined) throw new UsageError(`${name} needs a value`, `see: sluice help ${verb}`);
    if (name === "--root") root = value;
    else if (name === "--flink-version") flinkVersion = flinkVersionOf(value);
    else if (name === "--config-of" && verb === "plan") configOf = value;
    else if (name === "--output" || name === "-o") output = outputOf(value);
    else
      throw new UsageError(
        `${verb} has no option ${name}`,
        `options come before the command; see: sluice help ${verb}`,
      );
  }
  if (configOf !== undefined && (root ?? flinkVersion) !== undefined) {
    throw new UsageError("--config-of is about a process that runs here", "leave --root and --flink-version out");
  }
  return { verb, command: commandOf(verb, args.slice(index)), root, flinkVersion, output, configOf };
}

function cdsRequest(args: readonly string[]): Request {
  const [first, ...rest] = args;
  if (first === undefined) return { verb: "cds", out: undefined };
  if (isHelp(first)) return { verb: "help", topic: "cds" };
  const [name, attached] = splitOption(first);
  const [out, ...more] = attached === undefined ? rest : [attached, ...rest];
  if (name !== "--out" || more.length > 0) {
    throw new UsageError(`cds does not take ${name === "--out" ? more[0] : first}`, "see: sluice help cds");
  }
  if (out === undefined || out === "") throw new UsageError("--out needs a value", "see: sluice help cds");
  return { verb: "cds", out };
}

function splitOption(argument: string): readonly [string, string | undefined] {
  const equals = argument.indexOf("=");
  return equals === -1 ? [argument, undefined] : [argument.slice(0, equals), argument.slice(equals + 1)];
}

function outputOf(value: string): "text" | "json" {
  if (value === "text" || value === "json") return value;
  throw new UsageError(
    `--output ${JSON.stringify(value)} is neither text nor json`,
    "use --output text or --output json",
  );
}

function flinkVersionOf(value: string): string {
  if (/^\d+\.\d+(\.\d+)?$/.test(value)) return value;
  throw new UsageError(`--flink-version ${JSON.stringify(value)} is not a version`, "write it as 2.3.0");
}

function commandOf(verb: string, command: readonly string[]): readonly string[] {
  if (command.length > 0) return command;
  throw new UsageError(
    `${verb} needs a command`,
    `for a JobManager: sluice ${verb} jobmanager; others are taskmanager, standalone-job, history-server, or any program`,
  );
}
