import { closeSync, openSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { log } from "../terminal/log.ts";
import { processFacts } from "../process/process-facts.ts";
import { CannotWrite } from "../run-dir/run-dir.ts";

/** Does something while this process holds the lock of a folder; see {@link lockFolder}. */
export function underLock<T>(folder: string, work: () => T): T {
  const release = lockFolder(folder);
  try {
    return work();
  } finally {
    release();
  }
}

/** Milliseconds. A holder that is stopped by a signal would keep others waiting for ever. */
const patience = 30_000;
const quiet = 2000;

/**
 * Locks a folder for this process, and waits while another one holds the lock. Node has no flock(2), and a plain lock file would
 * outlive a killed process, so each claim has its process in its name: `lock.<pid>.<start time>`. A process that
 * finds no other living claim after it made its own holds the lock. Without /proc nothing is locked.
 * @throws CannotWrite when the lock cannot be had within 30 s
 */
function lockFolder(folder: string): () => void {
  const facts = processFacts(process.pid);
  if (facts === undefined) return () => {};
  const own = `lock.${process.pid}.${facts.startTime}`;
  const release = () => rmSync(join(folder, own), { force: true });
  const began = performance.now();
  let hasSaid = false;
  for (;;) {
    let other = livingClaim(folder, own);
    if (other === undefined) {
      claim(folder, own);
      other = livingClaim(folder, own);
      if (other === undefined) return release;
      release();
    }
    const waited = performance.now() - began;
    if (waited > patience) {
      throw new CannotWrite(
        folder,
        `process ${other} has been writing here for 30 s`,
        `end process ${other}, or set SLUICE_RUN_DIR to another folder`,
      );
    }
    if (waited > quiet && !hasSaid) {
      log(`waiting for process ${other}, which writes to ${folder}`);
      hasSaid = true;
    }
    // Two that give way to each other must not meet again.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 + Math.random() * 20);
  }
}

function claim(folder: string, name: string): void {
  closeSync(openSync(join(folder, name), "w", 0o600));
}

/** The process of a claim that is not ours; claims of processes that have ended are removed. */
function livingClaim(folder: string, own: string): number | undefined {
  for (const name of readdirSync(folder)) {
    const [, pid, startTime] = /^lock\.(\d+)\.(\d+)$/.exec(name) ?? [];
    if (pid === undefined || name === own) continue;
    if (processFacts(Number(pid))?.startTime === Number(startTime)) return Number(pid);
    rmSync(join(folder, name), { force: true });
  }
  return undefined;
}
