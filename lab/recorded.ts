import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { askUntil } from "../testkit/eventually.ts";

/** A server that was started by another process, and goes on without it. */
export interface RecordedServer {
  readonly name: string;
  readonly pid: number;
  /** When it began, as the kernel counts; a process of the same id that began at another time is another one. */
  readonly began: string;
  readonly log: string;
}

const record = "lab.json";

/** Notes which servers run in a lab's folder. */
export function writeRecord(folder: string, servers: readonly Omit<RecordedServer, "began">[]): void {
  const all = servers.map((server) => ({ ...server, began: beginning(server.pid) }));
  writeFileSync(join(folder, record), `${JSON.stringify(all, undefined, 2)}\n`);
}

/** The servers that were started there; undefined: it is no lab's folder. */
export function readRecord(folder: string): readonly RecordedServer[] | undefined {
  const file = join(folder, record);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as RecordedServer[]) : undefined;
}

export function isRunning({ pid, began }: RecordedServer): boolean {
  return began !== "" && beginning(pid) === began;
}

/** Whether a new lab may have that folder: nothing but an earlier lab is in it. */
export function isFree(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0 || readRecord(folder) !== undefined;
}

/** Ends the servers, SIGTERM first and SIGKILL after 20 s, and removes the folder. */
export async function takeDown(folder: string): Promise<readonly RecordedServer[]> {
  const servers = readRecord(folder)?.filter(isRunning) ?? [];
  for (const server of servers) signal(server, "SIGTERM");
  const running = async () => servers.filter(isRunning);
  const haveEnded = (left: readonly RecordedServer[]) => left.length === 0;
  const late = await askUntil(running, haveEnded, 20, 100);
  for (const server of late) signal(server, "SIGKILL");
  await askUntil(running, haveEnded, Infinity, 100);
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  return servers;
}

/** To its process group: a server may be more than one process. */
function signal({ pid }: RecordedServer, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Field 22 of proc(5)'s stat; empty where there is no such process, or it has ended and nobody has asked for its exit code. */
function beginning(pid: number): string {
  try {
    const [state, ...fields] = readFileSync(`/proc/${pid}/stat`, "latin1")
      .replace(/^.*\) /s, "")
      .split(" ");
    return state === "Z" ? "" : (fields[18] ?? "");
  } catch {
    return "";
  }
}
