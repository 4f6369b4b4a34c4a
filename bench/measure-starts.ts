import { rmSync } from "node:fs";
import { join } from "node:path";
import { FlinkRest } from "../test/support/flink-rest.ts";
import { type Readiness, type Startable, startUntil } from "./running.ts";
import { Rounds, type Series } from "./series.ts";
import type { Role, Stand } from "./stand.ts";

/** The ways to start a process, and what its series is called. */
export const ways = ["the image's scripts", "sluice, without archive", "sluice"] as const;
export const startOf = (way: (typeof ways)[number], role: Role): string => `${way} ${role}`;

/** Starts real clusters: until a JobManager's REST API answers, and until a TaskManager is registered there. */
export async function measureStarts(
  stand: Stand,
  rounds: number,
  say: (text: string) => void,
): Promise<Series<Readiness>> {
  const rest = new FlinkRest(stand.restPort, stand.restCertificates);
  const measured = new Rounds<Readiness>();
  for (let round = 1; round <= rounds; round++) {
    for (const way of ways) {
      say(`a cluster by ${way}, round ${round} of ${rounds}`);
      rmSync(join(stand.folder, "run"), { recursive: true, force: true });
      const jobManager = await startUntil(
        async () => (await rest.taskManagers()) === 0,
        startable(stand, way, "jobmanager"),
      );
      const taskManager = await startUntil(
        async () => (await rest.taskManagers()) === 1,
        startable(stand, way, "taskmanager"),
      );
      measured.add(startOf(way, "jobmanager"), jobManager.readiness);
      measured.add(startOf(way, "taskmanager"), taskManager.readiness);
      await taskManager.stop();
      await jobManager.stop();
    }
  }
  return measured.series;
}

function startable(stand: Stand, way: (typeof ways)[number], role: Role): Startable {
  const log = join(stand.folder, `${role}.log`);
  if (way === "the image's scripts") {
    return { command: stand.entrypoint, args: [role], env: stand.scriptEnvironment(role), log };
  }
  const flink = way === "sluice" ? stand.archivedFlink : stand.flink;
  return { command: stand.sluice, args: ["run", role], env: { ...stand.environment(role), FLINK_HOME: flink }, log };
}
