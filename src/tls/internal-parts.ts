import type { MergedFlinkConf } from "../core/feature/feature.ts";
import type { Problem } from "../core/findings/problem.ts";
import { tlsProblems } from "./problems.ts";

/** Each is a part of internal communication, on by default. */
const parts = ["pekko.ssl.enabled", "akka.ssl.enabled", "blob.service.ssl.enabled", "taskmanager.data.ssl.enabled"];

/** A problem for each part that is excluded while internal TLS is on. */
export function partsOff(conf: MergedFlinkConf): readonly Problem[] {
  return parts.flatMap((key) => {
    const found = conf.get(key);
    if (found === undefined || String(found.value).toLowerCase() !== "false") return [];
    return [
      tlsProblems.problem(
        "part-off",
        [found.owner, key],
        "it takes part of the communication out of TLS",
        `remove ${key}, or turn security.ssl.internal.enabled off`,
      ),
    ];
  });
}
