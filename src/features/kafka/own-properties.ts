import type { Problem } from "../../core/problem.ts";
import { Secret } from "../../core/secret.ts";
import type { Document } from "../../core/variables.ts";
import { FormatError } from "../../formats/format-error.ts";
import { readProperties } from "../../formats/java-properties.ts";
import { isSensitiveKey } from "../../formats/flink-configuration/sensitive-keys.ts";
import { type ClientSetting, plain, secretSetting } from "./client-setting.ts";
import { kafkaProblems } from "./problems.ts";

/** Adds KAFKA_PROPERTIES to what the variables come to; where both say something of a key, they have to say the same. */
export function withOwnProperties(
  settings: readonly ClientSetting[],
  own: Document | undefined,
): { readonly settings: readonly ClientSetting[]; readonly problems: readonly Problem[] } {
  if (own === undefined) return { settings, problems: [] };
  const properties = read(own);
  if ("code" in properties) return { settings, problems: [properties] };
  const ours = new Map(settings.map((setting) => [setting.key, setting.value]));
  const problems = [...properties]
    .filter(([key, value]) => ours.has(key) && ours.get(key) !== value)
    .map(([key]) => {
      const text = `another variable sets ${key} to ${String(ours.get(key))}`;
      return kafkaProblems.problem("contradiction", own.where, text, `take ${key} out, or unset that variable`);
    });
  const added = [...properties].filter(([key]) => !ours.has(key));
  return { settings: [...settings, ...added.map(([key, value]) => ownSetting(key, value, own))], problems };
}

/** What Flink hides, and a private key in PEM. */
function ownSetting(key: string, value: string, { where }: Document): ClientSetting {
  if (!isSensitiveKey(key) && key !== "ssl.keystore.key") return plain(key, value);
  return secretSetting(key, new Secret(`${where.join(": ")}: ${key}`, () => value));
}

function read({ text, where }: Document): ReadonlyMap<string, string> | Problem {
  try {
    const properties = readProperties(text);
    if (properties.has("")) throw new FormatError("a property has no name", "write name=value");
    return properties;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const at = error.line === undefined ? where : [...where, `line ${error.line}`];
    return kafkaProblems.problem("bad-properties", at, error.message, error.hint);
  }
}
