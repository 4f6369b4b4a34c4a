import type { Notice } from "../../core/findings/problem.ts";
import { Secret } from "../../secret.ts";
import type { UserKey } from "../../core/feature/feature.ts";
import { readDynamicProperties } from "../../formats/flink-configuration/dynamic-properties.ts";
import { isSecret } from "../../formats/secret-values.ts";

/** The `-D` properties of a command that is one of Flink's; those of other programs mean something else. */
export function dynamicKeys(command: readonly string[]): readonly UserKey[] {
  const [first = "", ...args] = command;
  if (!/^(jobmanager|taskmanager|standalone-job|history-server|flink|.*\.sh)$/.test(first)) return [];
  return readDynamicProperties(args).map(({ key, value }) => {
    const origin = `-D ${key}`;
    return { key, value: isSecret(key, value) ? new Secret(origin, () => value) : value, where: ["-D"] };
  });
}

/** The command line of a process can be read by everyone who can list processes. */
export function secretArguments(dynamic: readonly UserKey[]): readonly Notice[] {
  return dynamic
    .filter(({ value }) => value instanceof Secret)
    .map(({ key }) => ({
      level: "warning",
      where: [`-D ${key}`],
      text: "everyone who can list processes can read this secret",
      hint: `set ${key} in FLINK_PROPERTIES, and refer to the secret as \${NAME}`,
    }));
}
