import { computeLaunch } from "../../src/flink/launch.ts";
import { requestOf, type LaunchSetup } from "./launch-setup.ts";

/** A start in lines, one for each argument and each variable: `arg -Xmx…`, `env NAME=value`; or `refused`. */
export type LaunchLines = readonly string[];

interface Started {
  readonly path: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdoutTo: string | undefined;
  readonly stderrTo: string | undefined;
}

export function launchLines({ path, args, env, stdoutTo, stderrTo }: Started): LaunchLines {
  const variables = Object.entries(env).map(([name, value]) => `env ${name}=${value}`);
  const files = Object.entries({ stdoutTo, stderrTo }).flatMap(([name, file]) =>
    file === undefined ? [] : [`${name} ${file}`],
  );
  return [`path ${path}`, ...args.map((arg) => `arg ${arg}`), ...variables.toSorted(), ...files].map(withoutHelpersLog);
}

/** What our own computation makes of a set-up. */
export function computedLines(setup: LaunchSetup): LaunchLines {
  const request = requestOf(setup);
  const outcome = computeLaunch(request);
  if (outcome === undefined) return ["passed through"];
  if (outcome.kind === "problems") return ["refused"];
  const { path, argv, set, stdoutTo, stderrTo } = outcome.launch;
  return launchLines({ path, args: argv.slice(1), env: { ...request.env, ...set }, stdoutTo, stderrTo });
}

/** The one difference that every start has: empty entries of the class path, which a JVM takes for its working directory. */
export function withoutEmptyEntries(lines: LaunchLines): LaunchLines {
  const classPath = lines.indexOf("arg -classpath") + 1;
  return lines.map((line, index) =>
    index === classPath
      ? line
          .replaceAll(/:{2,}/g, ":")
          .replace(/^arg :/, "arg ")
          .replace(/:$/, "")
      : line,
  );
}

/** And the other: where the helper JVM's log lines were, there is a summary of the memory. */
function withoutHelpersLog(line: string): string {
  return line.startsWith("env FLINK_INHERITED_LOGS=") ? line.replace(/\nlogs: [^]*$/, "\nlogs: …") : line;
}
