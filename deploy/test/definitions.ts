import { eventually } from "../../testkit/eventually.ts";
import { attempt, run } from "./programs.ts";

/** Makes CustomResourceDefinitions, and returns those of them that were not there already. */
export async function makeDefinitions(files: readonly string[]): Promise<readonly string[]> {
  const results = await Promise.all(files.map((file) => attempt("kubectl", ["create", "--filename", file])));
  // A definition that is new has no conditions yet, which kubectl takes for an error.
  for (const file of files) {
    const established = ["wait", "--for=condition=Established", "--filename", file, "--timeout=60s"];
    await eventually(() => run("kubectl", established));
  }
  return files.filter((_, index) => results[index]?.exitCode === 0);
}

/** Takes away what {@link makeDefinitions} has made, with all objects of these kinds. */
export async function removeDefinitions(made: readonly string[]): Promise<void> {
  for (const file of made) await attempt("kubectl", ["delete", "--filename", file, "--timeout=60s"]);
}
