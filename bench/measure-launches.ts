import { rmSync } from "node:fs";
import { join } from "node:path";
import { batch, type Sample, type Timed } from "./measure.ts";
import { Rounds, type Series } from "./series.ts";
import type { Role, Stand } from "./stand.ts";

/** What is measured, by name. */
export const launches = {
  node: "node -e 0",
  plain: "sluice run jobmanager, no feature on",
  sluice: ["sluice run jobmanager", "sluice run taskmanager"],
  scripts: ["the image's scripts, jobmanager", "the image's scripts, taskmanager"],
  script: "of these, bin/jobmanager.sh",
} as const;

/** Runs everything up to the exec of java, in place of which a shell starts and ends. */
export function measureLaunches(stand: Stand, rounds: number, say: (text: string) => void): Series<Sample> {
  const run = (role: Role, which: "all" | "none" = "all"): Timed => {
    const own: Readonly<Record<string, string>> = { ...stand.environment(role, which), JAVA_HOME: stand.noJavaHome };
    const prepare = () => rmSync(own["SLUICE_RUN_DIR"] ?? "", { recursive: true, force: true });
    return { command: stand.sluice, args: ["run", role], env: own, prepare };
  };
  const scripts = (role: Role, command: string, ...args: readonly string[]): Timed => {
    return { command, args, env: { ...stand.scriptEnvironment(role), JAVA_HOME: stand.helpersJavaHome } };
  };
  const short = new Map<string, Timed>([
    [launches.node, { command: process.execPath, args: ["-e", "0"] }],
    [launches.plain, run("jobmanager", "none")],
    [launches.sluice[0], run("jobmanager")],
    [launches.sluice[1], run("taskmanager")],
  ]);
  const long = new Map([
    [launches.scripts[0], scripts("jobmanager", stand.entrypoint, "jobmanager")],
    [launches.scripts[1], scripts("taskmanager", stand.entrypoint, "taskmanager")],
    [launches.script, scripts("jobmanager", join(stand.flink, "bin", "jobmanager.sh"), "start-foreground")],
  ]);
  const measured = new Rounds<Sample>();
  for (const timed of short.values()) batch(timed, 1);
  for (let round = 1; round <= rounds; round++) {
    say(`up to the exec of java, round ${round} of ${rounds}`);
    for (const [name, timed] of short) measured.add(name, batch(timed, 10));
    for (const [name, timed] of long) measured.add(name, batch(timed, 1));
  }
  return measured.series;
}
