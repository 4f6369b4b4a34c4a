import { writeFileSync } from "node:fs";
import { get } from "node:http";
import type { Engine } from "../docker/test/engine.ts";
import { freePorts } from "../testkit/free-ports.ts";
import { cpuMs, type Readiness, residentMegabytes } from "./running.ts";
import { waitUntil } from "../testkit/eventually.ts";

const entrypoint = "/docker-entrypoint.sh";
const patience = 300;
const pollMs = 20;

/** What the official image starts with: its own entrypoint; or what that does, where a stand-in for the image has none. */
export class OfficialEntrypoint {
  readonly options: readonly string[];
  readonly description: string;

  private constructor(options: readonly string[], description: string) {
    this.options = options;
    this.description = description;
  }

  static async find(engine: Engine, image: string, path: string): Promise<OfficialEntrypoint> {
    const look = ["run", "--rm", "--network=none", "--entrypoint=test", image, "-x", entrypoint];
    if ((await engine.try(look)).exitCode === 0) return new OfficialEntrypoint([], `its ${entrypoint}`);
    writeFileSync(path, script, { mode: 0o755 });
    const options = ["--security-opt=label=disable", `--volume=${path}:${entrypoint}:ro`, `--entrypoint=${entrypoint}`];
    return new OfficialEntrypoint(options, "Flink's scripts as its entrypoint does, which the base image here lacks");
  }
}

/** The options and FLINK_PROPERTIES go through `config-parser-utils.sh` one after the other: a JVM each. */
const script = `#!/usr/bin/env bash
set -e
parser() { "$FLINK_HOME/bin/config-parser-utils.sh" "$FLINK_HOME/conf" "$FLINK_HOME/bin" "$FLINK_HOME/lib" "$@"; }
parser "-Djobmanager.rpc.address=$JOB_MANAGER_RPC_ADDRESS" -Dblob.server.port=6124 -Dquery.server.port=6125
options=()
while IFS= read -r line; do
  if [[ -n "$line" ]]; then options+=("-D\${line%%: *}=\${line#*: }"); fi
done <<< "$FLINK_PROPERTIES"
parser "\${options[@]}"
exec "$FLINK_HOME/bin/$1.sh" start-foreground
`;

/** Starts a JobManager in a container of the host's network, until its REST API answers, and takes it away. */
export async function startContainer(engine: Engine, image: string, options: readonly string[]): Promise<Readiness> {
  const [rest = 0, rpc = 0, blob = 0] = await freePorts(3);
  const properties = {
    "jobmanager.bind-host": "127.0.0.1",
    "jobmanager.rpc.port": rpc,
    "blob.server.port": blob,
    "rest.port": rest,
    "rest.bind-port": rest,
    "rest.bind-address": "127.0.0.1",
    "rest.address": "localhost",
    "jobmanager.memory.process.size": "1000m",
  };
  const lines = Object.entries(properties).map(([key, value]) => `${key}: ${value}\n`);
  const env = [`--env=FLINK_PROPERTIES=${lines.join("")}`, "--env=JOB_MANAGER_RPC_ADDRESS=localhost"];
  const name = `sluice-bench-${process.pid}`;
  const began = performance.now();
  await engine.run([
    "run",
    "--detach",
    `--name=${name}`,
    "--network=host",
    "--no-healthcheck",
    ...env,
    ...options,
    image,
    "jobmanager",
  ]);
  try {
    const details = async () => (await engine.try(["logs", name])).stdout.slice(-3000);
    await waitUntil("REST answers", () => answers(rest), { seconds: patience, pauseMs: pollMs, details });
    const wallMs = performance.now() - began;
    const pid = Number(await engine.run(["inspect", "--format={{.State.Pid}}", name]));
    return { wallMs, cpuMs: cpuMs(pid), rss: residentMegabytes(pid) };
  } finally {
    await engine.try(["rm", "--force", "--time=0", name]);
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: "127.0.0.1", port, path: "/overview", agent: false, timeout: 5000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(false));
  });
}
