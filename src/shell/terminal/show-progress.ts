import { writeSync } from "node:fs";

/** Does some work. On a terminal, stderr says so once it takes longer than two seconds, in one line that is taken away again. */
export async function showProgress<T>(what: string, work: () => Promise<T>): Promise<T> {
  const { isatty } = process.getBuiltinModule("node:tty");
  if (!isatty(2)) return work();
  const began = performance.now();
  let isShown = false;
  const timer = setInterval(() => {
    const seconds = Math.floor((performance.now() - began) / 1000);
    if (seconds < 2) return;
    isShown = true;
    writeSync(2, `\r\u001b[K${what} … ${seconds} s`);
  }, 500);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (isShown) writeSync(2, "\r\u001b[K");
  }
}
