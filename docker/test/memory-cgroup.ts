import type { Engine } from "./engine.ts";
import { waitUntil } from "../../testkit/eventually.ts";

/** What a container's cgroup says of its memory, in bytes. */
export interface MemoryFacts {
  readonly limit: number;
  /** What no file backs, and so cannot be dropped. */
  readonly anonymous: number;
  /** How many processes were killed for want of memory. */
  readonly kills: number;
}

/** The first line is the limit (cgroup v2, or v1); the files of the other version are not there. */
const look = `
cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes
cat /sys/fs/cgroup/memory.stat /sys/fs/cgroup/memory/memory.stat
cat /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control
true
`;

/** Reads the cgroup that a running container is in. */
export async function readMemory(engine: Engine, container: string): Promise<MemoryFacts> {
  const { stdout } = await engine.try(["exec", container, "sh", "-c", look]);
  const number = (line: RegExp) => Number(line.exec(stdout)?.[1]);
  return { limit: number(/^(\d+)$/m), anonymous: number(/^(?:anon|rss) (\d+)$/m), kills: number(/^oom_kill (\d+)$/m) };
}

/** Lets a process in a container take all of its memory but `left` bytes, and keep it. Throws when that is not so in a minute. */
export async function fillMemory(engine: Engine, container: string, left: number): Promise<void> {
  const { limit, anonymous } = await readMemory(engine, container);
  // tail keeps a last line of any length until it has seen its end.
  const keep = `{ head -c ${limit - anonymous - left} /dev/zero; sleep 600; } | tail > /dev/null`;
  await engine.run(["exec", "--detach", container, "sh", "-c", keep]);
  const isFull = async () => {
    const now = await readMemory(engine, container);
    return now.limit - now.anonymous < left * 1.1;
  };
  await waitUntil("the container's memory is full", isFull, { seconds: 60 });
}
