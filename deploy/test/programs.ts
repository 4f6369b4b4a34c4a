import { join } from "node:path";
import { execa } from "execa";
import { parseAllDocuments } from "yaml";

/** The folder of the chart. */
export const chart = join(import.meta.dirname, "../chart");
/** The environments that have a values file. */
export const environments = ["dev", "staging", "prod"] as const;

/** What a program has said, and how it ended. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Any object of Kubernetes. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** Runs kubectl, helm, kubeconform or kube-score to its end. Never throws for an exit code. */
export async function attempt(program: string, args: readonly string[], input = ""): Promise<Outcome> {
  const { exitCode = 1, stdout, stderr } = await execa(program, args, { reject: false, input });
  return { exitCode, stdout, stderr };
}

/** The same, but throws with all that was said when it fails. */
export async function run(program: string, args: readonly string[], input = ""): Promise<string> {
  const { exitCode, stdout, stderr } = await attempt(program, args, input);
  if (exitCode !== 0) throw new Error(`${program} ${args.join(" ")}: exit code ${exitCode}\n${stderr}\n${stdout}`);
  return stdout;
}

/** What `kubectl get` has of something at a JSONPath, word by word. */
export async function words(kind: string, which: string, namespace: string, path: string): Promise<readonly string[]> {
  return (await run("kubectl", ["get", kind, which, "--namespace", namespace, `--output=jsonpath=${path}`])).split(" ");
}

/** Why a test of these programs cannot run; nothing when they are all there, and the API server answers if that is asked for. */
export async function missing(programs: readonly string[], withServer = false): Promise<string | undefined> {
  for (const program of programs) {
    const found = await attempt("sh", ["-c", `command -v ${program}`]);
    if (found.exitCode !== 0) return `${program} is not on PATH: install it`;
  }
  if (!withServer) return undefined;
  const { exitCode } = await attempt("kubectl", ["version", "--request-timeout=10s"]);
  return exitCode === 0 ? undefined : "no Kubernetes answers: start kind or minikube, or set KUBECONFIG";
}

/** The arguments that pick an environment's values; none for the chart's own. */
export function valuesOf(environment: string): readonly string[] {
  return environment === "" ? [] : ["--values", join(chart, `values-${environment}.yaml`)];
}

/** `helm template`, as text. */
export function render(...args: readonly string[]): Promise<string> {
  return renderChart(chart, args);
}

/** `helm template`, as objects. */
export async function objects(...args: readonly string[]): Promise<readonly KubernetesObject[]> {
  return parseObjects(await renderChart(chart, args));
}

/** The objects that the chart in another folder renders. */
export async function objectsOf(folder: string, args: readonly string[]): Promise<readonly KubernetesObject[]> {
  return parseObjects(await renderChart(folder, args));
}

function renderChart(folder: string, args: readonly string[]): Promise<string> {
  return run("helm", ["template", "flink", folder, "--namespace=flink", "--kube-version=1.34.0", ...args]);
}

function parseObjects(text: string): readonly KubernetesObject[] {
  return parseAllDocuments(text, { version: "1.1" }).flatMap((document) => {
    const value = document.toJS() as KubernetesObject | null;
    return value === null ? [] : [value];
  });
}
