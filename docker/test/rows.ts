import type { Version } from "./suite.ts";

const users = ["root", "flink", "random"] as const;
const hardenings = ["writable", "read-only", "no capabilities", "no new privileges"] as const;
const features = ["nothing", "TLS", "trust", "everything"] as const;

export type Feature = (typeof features)[number];

/** How one container is started. */
export interface Start {
  readonly user: (typeof users)[number];
  readonly hardening: (typeof hardenings)[number];
}

/** A JobManager and a TaskManager with the same features. */
export interface Row {
  readonly feature: Feature;
  readonly jobManager: Start;
  readonly taskManager: Start;
}

/**
 * Eight clusters, so 16 containers, in which each pair of user, hardening and feature occurs: each feature with each hardening,
 * and users along the diagonals.
 */
const pairs: readonly Row[] = features.flatMap((feature, f) => {
  const start = (h: number): Start => ({ user: users[(f + h) % 3] ?? "root", hardening: hardenings[h] ?? "writable" });
  // Which half is the JobManager's alternates, so that both roles see all of it.
  const [jobManagers, taskManagers] = f % 2 === 0 ? [0, 2] : [2, 0];
  return [0, 1].map((h) => ({ feature, jobManager: start(jobManagers + h), taskManager: start(taskManagers + 1 - h) }));
});

/** Each start with each feature, for both roles: 48 clusters. A TaskManager is started otherwise than its JobManager. */
const all: readonly Row[] = features.flatMap((feature) => {
  const starts = users.flatMap((user) => hardenings.map((hardening): Start => ({ user, hardening })));
  return starts.map((jobManager, index) => ({
    feature,
    jobManager,
    taskManager: starts[(index + 5) % starts.length] ?? jobManager,
  }));
});

/** Of the older version, whose image starts as root: the least and the most. */
const few = [pairs[0], pairs[6]].filter((row) => row !== undefined);

/** What is run of each version: in full, and else. */
export const rowsOf: Readonly<Record<Version, { readonly full: readonly Row[]; readonly usual: readonly Row[] }>> = {
  "2.3.0": { full: all, usual: pairs },
  "1.20.5": { full: pairs, usual: few },
};

/** The option for whom a container is started as. The last one has no entry in /etc/passwd, as on OpenShift. */
export const userOptions = { root: "0:0", flink: "9999:9999", random: "54321:0" } as const;

/** Whom Flink runs as: root becomes flink, unless it has no right to. */
export function effectiveUser({ user, hardening }: Start): string {
  return user === "root" && hardening !== "no capabilities" ? userOptions.flink : userOptions[user];
}

/** Whether Flink may write below FLINK_HOME, which is the user flink's. */
export function ownsFlinkHome(start: Start): boolean {
  return effectiveUser(start) === userOptions.flink && start.hardening !== "read-only";
}

/** The engine's options. podman would add writable folders to a read-only container, which docker does not. */
export function hardeningOptions(hardening: Start["hardening"], engine: string): readonly string[] {
  switch (hardening) {
    case "writable":
      return [];
    case "read-only":
      return ["--read-only", ...(engine === "podman" ? ["--read-only-tmpfs=false"] : []), "--tmpfs=/tmp:rw,mode=1777"];
    case "no capabilities":
      return ["--cap-drop=ALL"];
    case "no new privileges":
      return ["--security-opt=no-new-privileges"];
  }
}
