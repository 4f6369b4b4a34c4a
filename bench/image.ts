// npm run bench:image [-- --rounds N]: from the start of a container to the answer of its JobManager's REST API, in the image and
// in the official one that it is built on; and what the image adds to what is pulled.
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { buildImage } from "../docker/test/setup.ts";
import { findEngine } from "../docker/test/engine.ts";
import { buildContext } from "../scripts/build-context.ts";
import { temporaryFolder } from "../testkit/temporary-folder.ts";
import { gzippedMegabytes } from "./gzipped.ts";
import { OfficialEntrypoint, startContainer } from "./start-container.ts";
import type { Readiness } from "./running.ts";
import { medianOf, ratioOf, Rounds } from "./series.ts";

const version = "2.3.0";
const image = `localhost/sluice-image-bench:${version}`;
const base = `docker.io/library/flink:${version}-java17`;
const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" } } });
const rounds = Number(values.rounds);

const engine = await findEngine();
if (engine === undefined) {
  process.stderr.write("bench: error: neither podman nor docker answers\nbench: hint: start one of them\n");
  process.exit(1);
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
using folder = temporaryFolder(undefined, "bench");

const context = folder.at("context");
progress("building the executable and the image");
await buildContext(context);
await buildImage(engine, context, version, image);
const official = await OfficialEntrypoint.find(engine, base, folder.at("official"));

const ways = {
  "the official image": { image: base, options: official.options },
  "this image": { image, options: [] },
} as const;
const measured = new Rounds<Readiness>();
for (let round = 0; round <= rounds; round++) {
  for (const [name, way] of Object.entries(ways)) {
    progress(round === 0 ? `${name}, once to warm up` : `${name}, round ${round} of ${rounds}`);
    const readiness = await startContainer(engine, way.image, way.options);
    if (round > 0) measured.add(name, readiness);
  }
}

const { series } = measured;
say(
  `Flink ${version} on ${availableParallelism()} cores by ${engine.name}, medians of ${rounds} rounds: from the start of a`,
);
say(`JobManager's container until its REST API answers. The official image runs ${official.description}.`);
say(row("", "CPU s", "wall s", "RSS MB"));
for (const name of Object.keys(ways)) {
  const seconds = (figure: "cpuMs" | "wallMs") => (medianOf(series, name, figure) / 1000).toFixed(2);
  say(row(name, seconds("cpuMs"), seconds("wallMs"), medianOf(series, name, "rss").toFixed(0)));
}
const cat = (path: string) => ["run", "--rm", "--network=none", "--no-healthcheck", "--entrypoint=cat", image, path];
const executable = await gzippedMegabytes(engine.name, cat("/usr/local/bin/sluice"));
const archives = await Promise.all(
  ["jobmanager", "taskmanager"].map((role) => gzippedMegabytes(engine.name, cat(`/opt/flink/cds/${role}.jsa`))),
);
await engine.try(["rmi", "--force", image]);
const names = [["the official image"], ["this image"]] as const;
say(`\nmegabytes image.executable.gzip ${executable.toFixed(1)}`);
say(`megabytes image.class-data.gzip ${archives.reduce((sum, size) => sum + size, 0).toFixed(1)}`);
say(`ratio image-rest-ready-cpu.scripts ${ratioOf(series, ...names, "cpuMs").toFixed(2)}`);
say(`ratio image-rest-ready.scripts ${ratioOf(series, ...names, "wallMs").toFixed(2)}`);

function row(name: string, ...figures: readonly string[]): string {
  return `${name.padEnd(32)}${figures.map((figure) => figure.padStart(10)).join("")}`;
}

function progress(text: string): void {
  process.stderr.write(`bench: ${text}\n`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
