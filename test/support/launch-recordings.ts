import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import type { LaunchLines } from "./launch-lines.ts";
import { record } from "./launch-recorder.ts";
import type { LaunchSetup } from "./launch-setup.ts";

/** The scripts' answers by the hash of what they were asked; each line once, by its index. */
interface Recordings {
  readonly lines: readonly string[];
  readonly answers: Readonly<Record<string, readonly number[]>>;
}

const file = new URL("../differential/recorded/launch.json", import.meta.url);

/** Gives each set-up's recorded answer. Undefined: it was never recorded, or the set-up was changed since. */
export function readRecordings(): (setup: LaunchSetup) => LaunchLines | undefined {
  const { lines, answers } = JSON.parse(readFileSync(file, "utf8")) as Recordings;
  return (setup) => answers[hash(setup)]?.map((index) => lines[index] ?? "");
}

/** Runs the scripts for all of them, two at a time, which takes minutes, and writes the answers down. */
export async function recordAll(setups: readonly LaunchSetup[]): Promise<void> {
  const waiting = [...setups];
  const recorded = new Map<string, LaunchLines>();
  const work = async (): Promise<void> => {
    for (let setup = waiting.shift(); setup !== undefined; setup = waiting.shift()) {
      recorded.set(hash(setup), await record(setup));
    }
  };
  await Promise.all([work(), work()]);
  const lines = [...new Set([...recorded.values()].flat())].toSorted();
  const index = new Map(lines.map((line, position) => [line, position]));
  const answers = [...recorded].map(
    ([key, answer]) => `${JSON.stringify(key)}:[${answer.map((line) => String(index.get(line))).join(",")}]`,
  );
  const table = lines.map((line) => JSON.stringify(line)).join(",\n");
  writeFileSync(file, `{"lines":[\n${table}\n],\n"answers":{\n${answers.toSorted().join(",\n")}\n}}\n`);
}

function hash(setup: LaunchSetup): string {
  return createHash("sha256").update(JSON.stringify(setup)).digest("hex").slice(0, 16);
}
