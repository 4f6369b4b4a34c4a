import { basename, join } from "node:path";
import type { Launcher, LaunchInput, LaunchOutcome } from "../core/plan/assemble.ts";
import type { Exec, StartedRole } from "../core/plan/plan.ts";
import type { Notice, Problem } from "../core/findings/problem.ts";
import { Secret } from "../secret.ts";
import type { System } from "../core/system/system.ts";
import { holdsSecret } from "../formats/secret-values.ts";
import { withClassData } from "./class-data.ts";
import { javaMajorVersion, javaReleaseFile } from "./java-release.ts";
import { computeLaunch, type Launch } from "./launch.ts";
import { launchProblems } from "./launch-problems.ts";
import { foldersToLookFor, javaHome, type LaunchFacts, libFolder, optFolder } from "./launch-request.ts";
import { roleOf } from "./recognise-command.ts";
import { commonEnvironment, scriptLaunch } from "./script-launch.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Plans a JVM for the commands that Sluice knows. Flink's scripts start everything else. `takesArchives` is false while class-data
 * archives are recorded.
 */
export function launcher(system: System, environment: Environment, takesArchives = true): Launcher {
  const launch = launches(system, environment, takesArchives);
  return (input) => {
    const outcome = launch(input);
    if (outcome.kind === "problems") return outcome;
    return { ...outcome, process: startedRole(input), notices: [...outcome.notices, ...visibleSecrets(input)] };
  };
}

/** Native Kubernetes' commands are recognised too, and so are scripts that are started by name. */
function startedRole(input: LaunchInput): StartedRole {
  const { command, flinkHome } = input.target;
  return { role: roleOf(command, flinkHome), environment: commonEnvironment(input) };
}

function launches(system: System, environment: Environment, takesArchives: boolean): Launcher {
  return (input) => {
    const { target, unset } = input;
    if (target.launch === "scripts" || !target.flinkChecked) return scriptLaunch(input);
    const hidden = secretOptions(input);
    if (hidden.length > 0) return { kind: "problems", problems: hidden };
    const set = commonEnvironment(input);
    const env = { ...environment, ...Object.fromEntries(unset.map((name) => [name, undefined])), ...set };
    const conf = new Map(
      [...input.conf].flatMap(([key, { value }]) => (typeof value === "string" ? [[key, value]] : [])),
    );
    const { flinkHome } = target;
    const outcome = computeLaunch({
      version: target.flinkVersion,
      command: target.command,
      flinkHome,
      confDir: target.confDir,
      conf,
      env,
      facts: readFacts({ flinkHome, conf, env }, target.command, input.confFile, system),
    });
    if (outcome === undefined) return scriptLaunch(input);
    if (outcome.kind === "problems") return outcome;
    const { launch } = outcome;
    const java = javaHome({ conf, env }) || (system.javaOnPath ?? "");
    if (!takesArchives) return execOf(launch, set, unset);
    const { argv, notices } = withClassData(launch.argv, { flinkHome, javaHome: java, env, system });
    return execOf({ ...launch, argv, notices: [...launch.notices, ...notices] }, set, unset);
  };
}

/** JVM options end up in the process list. */
function secretOptions({ conf }: LaunchInput): readonly Problem[] {
  return [...conf]
    .filter(([key, { value }]) => key.startsWith("env.") && value instanceof Secret)
    .map(([key, { owner }]) =>
      launchProblems.problem(
        "secret-option",
        [owner, key],
        "a secret in a JVM option can be read by everyone who can list processes",
        "give the option a file to read it from, or name the variable something that does not sound secret if it is none",
      ),
    );
}

/** An option that looks as if it held a secret, such as `-Djavax.net.ssl.keyStorePassword=…`. */
function visibleSecrets({ conf }: LaunchInput): readonly Notice[] {
  return [...conf]
    .filter(([key, { value }]) => key.startsWith("env.") && typeof value === "string" && holdsSecret(value))
    .map(([key, { owner }]) => ({
      level: "warning",
      where: [owner, key],
      text: "everyone who can list processes can read the secret in this JVM option",
      hint: "give the option a file to read the secret from",
    }));
}

interface Installation {
  readonly flinkHome: string;
  readonly conf: ReadonlyMap<string, string>;
  readonly env: Environment;
}

/** Looks up what a launch of a command depends on; `confFile` is the configuration that Flink will read. */
export function readFacts(
  installation: Installation,
  command: readonly string[],
  confFile: string,
  system: System,
): LaunchFacts {
  const home = javaHome(installation) || (system.javaOnPath ?? "");
  const release = system.readFile(javaReleaseFile(home));
  const isThere = (folder: string) => system.listDirectory(folder).kind === "listing";
  return {
    libJars: jarsBelow(libFolder(installation), system),
    optJars: /(?:^|\/)sql-(?:gateway|client)/.test(command[0] ?? "") ? jarsBelow(optFolder(installation), system) : [],
    folders: new Set(foldersToLookFor(installation).filter(isThere)),
    get javaOnPath() {
      return system.javaOnPath !== undefined;
    },
    javaMajorVersion: release.kind === "file" ? javaMajorVersion(new TextDecoder().decode(release.bytes)) : undefined,
    hostName: system.hostname.split(".")[0] ?? "",
    configFile: basename(confFile) === "flink-conf.yaml" ? "flink-conf.yaml" : "config.yaml",
  };
}

function jarsBelow(folder: string, system: System, prefix = ""): readonly string[] {
  const listing = system.listDirectory(join(folder, prefix));
  if (listing.kind !== "listing") return [];
  return listing.names.flatMap((name) => {
    const path = join(prefix, name);
    return name.endsWith(".jar") ? [path] : jarsBelow(folder, system, path);
  });
}

function execOf(launch: Launch, set: Readonly<Record<string, string>>, unset: readonly string[]): LaunchOutcome {
  const { path, argv, stdoutTo, stderrTo, notices } = launch;
  const exec: Exec = { path, argv, set: { ...set, ...launch.set }, unset };
  if (stdoutTo === undefined || stderrTo === undefined) return { kind: "exec", exec, notices };
  return { kind: "exec", exec: { ...exec, redirect: { stdout: stdoutTo, stderr: stderrTo } }, notices };
}
