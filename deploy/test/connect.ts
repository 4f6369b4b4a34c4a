import { attempt } from "./programs.ts";

/** Where the one who tries is. */
export type Place = readonly [namespace: string, pod: string];

/** Tries to connect from a pod. Each outcome has a different answer, so that a pod that cannot try counts as neither. */
export async function connect([namespace, pod]: Place, host: string, port: number): Promise<string> {
  const script = 'timeout 4 bash -c "exec 3<>/dev/tcp/$0/$1" 2>/dev/null && echo connected || echo "not connected"';
  const command = ["--", "bash", "-c", script, host, String(port)];
  const { exitCode, stdout, stderr } = await attempt("kubectl", ["exec", "--namespace", namespace, pod, ...command]);
  return exitCode === 0 ? stdout : `cannot try: ${stderr}`;
}
