// npm run bench [-- --rounds N]: what the start of a container costs by Flink's own scripts, and by sluice. Draws docs/bench.svg.
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../scripts/bundle.ts";
import { barChart } from "./bar-chart.ts";
import { launches, measureLaunches } from "./measure-launches.ts";
import { measureStarts, startOf, ways } from "./measure-starts.ts";
import type { Sample } from "./measure.ts";
import type { Readiness } from "./running.ts";
import { medianOf, ratioOf, type Series } from "./series.ts";
import { makeStand } from "./stand.ts";

const version = "2.3.0";
const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" } } });
const rounds = Number(values.rounds);

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
const stand = await makeStand(version, progress);
process.once("exit", () => stand[Symbol.dispose]());

const launched = measureLaunches(stand, rounds, progress);
const started = await measureStarts(stand, rounds, progress);
print(launched, started);
writeFileSync(join(root, "docs", "bench.svg"), draw(launched, started));

function print(launch: Series<Sample>, start: Series<Readiness>): void {
  say(
    `Flink ${version}, ${availableParallelism()} cores, medians of ${rounds} rounds. On: internal TLS and REST mTLS from PEM, 10 CA`,
  );
  say(
    "certificates, FLINK_PROPERTIES. The image's scripts are Flink's own, as the official entrypoint runs them: the options and",
  );
  say(
    "FLINK_PROPERTIES through config-parser-utils.sh, then jobmanager.sh or taskmanager.sh. They find the keystores ready-made.",
  );
  say(row("\nup to the exec of java", "CPU ms", "wall ms"));
  for (const name of launch.keys()) {
    say(row(name, medianOf(launch, name, "cpuMs").toFixed(1), medianOf(launch, name, "wallMs").toFixed(1)));
  }
  for (const [role, title] of [
    ["jobmanager", "JobManager, until its REST API answers"],
    ["taskmanager", "TaskManager, until it is registered"],
  ] as const) {
    say(row(`\n${title}`, "CPU s", "wall s", "RSS MB"));
    for (const way of ways) {
      const seconds = (figure: "cpuMs" | "wallMs") => (medianOf(start, startOf(way, role), figure) / 1000).toFixed(2);
      say(row(way, seconds("cpuMs"), seconds("wallMs"), medianOf(start, startOf(way, role), "rss").toFixed(0)));
    }
  }
  const jobManager = [[startOf("the image's scripts", "jobmanager")], [startOf("sluice", "jobmanager")]] as const;
  const taskManager = [[startOf("the image's scripts", "taskmanager")], [startOf("sluice", "taskmanager")]] as const;
  const cpu = [jobManager, taskManager].map((names) => ratioOf(start, ...names, "cpuMs").toFixed(2));
  say(
    `\nratios of CPU time: until REST ready ${cpu[0]}, until registered ${cpu[1]}; the last two of the following are of the clock`,
  );
  say(`ratio launch.scripts ${ratioOf(launch, launches.scripts, launches.sluice, "cpuMs").toFixed(1)}`);
  say(`ratio launch.node ${ratioOf(launch, [launches.sluice[0]], [launches.node], "cpuMs").toFixed(2)}`);
  say(`ratio rest-ready.scripts ${ratioOf(start, ...jobManager, "wallMs").toFixed(2)}`);
  say(`ratio registered.scripts ${ratioOf(start, ...taskManager, "wallMs").toFixed(2)}`);
}

function draw(launch: Series<Sample>, start: Series<Readiness>): string {
  const seconds = (way: (typeof ways)[number], role: "jobmanager" | "taskmanager") =>
    medianOf(start, startOf(way, role), "wallMs") / 1000;
  return barChart({
    title: `Start of a Flink ${version} container with TLS on every port`,
    unit: "s",
    groups: [
      {
        title: "CPU time before the JVM starts",
        bars: [
          { label: "Flink's scripts", value: medianOf(launch, launches.scripts[0], "cpuMs") / 1000 },
          { label: "Sluice", value: medianOf(launch, launches.sluice[0], "cpuMs") / 1000 },
        ],
      },
      {
        title: "JobManager: until its REST API answers",
        bars: [
          { label: "Flink's scripts", value: seconds("the image's scripts", "jobmanager") },
          { label: "Sluice", value: seconds("sluice", "jobmanager") },
        ],
      },
      {
        title: "TaskManager: until it is registered",
        bars: [
          { label: "Flink's scripts", value: seconds("the image's scripts", "taskmanager") },
          { label: "Sluice", value: seconds("sluice", "taskmanager") },
        ],
      },
    ],
    note: `medians of ${rounds} rounds on ${availableParallelism()} cores; npm run bench measures and draws this`,
  });
}

function row(name: string, ...figures: readonly string[]): string {
  return `${name.padEnd(name.startsWith("\n") ? 41 : 40)}${figures.map((figure) => figure.padStart(10)).join("")}`;
}

function progress(text: string): void {
  process.stderr.write(`bench: ${text}\n`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
