/** Says what a long step has come to, such as `120 MB`. */
export type Say = (detail: string) => void;

/**
 * Does some work, and says so on stderr once it takes longer than two seconds: on a terminal in one line that is rewritten,
 * elsewhere in a line at first, every ten seconds, and at the end.
 */
export async function withProgress<T>(what: string, work: (say: Say) => Promise<T>): Promise<T> {
  const began = performance.now();
  const { stderr } = process;
  let detail = "";
  let lines = 0;
  const elapsed = () => `${Math.round((performance.now() - began) / 1000)} s`;
  const write = () => {
    const line = `${what} ...${detail === "" ? "" : ` ${detail},`} ${elapsed()}`;
    stderr.write(stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
    lines += 1;
  };
  const first = setTimeout(write, 2000);
  const rest = setInterval(write, stderr.isTTY ? 1000 : 10_000);
  const stop = () => {
    clearTimeout(first);
    clearInterval(rest);
  };
  try {
    const result = await work((text) => {
      detail = text;
    });
    stop();
    if (lines > 0) stderr.write(`${stderr.isTTY ? "\r\x1b[K" : ""}${what}: done in ${elapsed()}\n`);
    return result;
  } finally {
    stop();
    if (lines > 0 && stderr.isTTY) stderr.write("\r\x1b[K");
  }
}
