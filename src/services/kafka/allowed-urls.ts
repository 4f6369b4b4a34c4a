import type { MergedFlinkConf } from "../../core/feature/feature.ts";
import type { Notice } from "../../core/findings/problem.ts";
import { holdsSecret } from "../../formats/secret-values.ts";
import { type OwnProperty, trimLikeJava } from "./own-property.ts";

/** Where a client gets tokens and keys. */
export const urlKeys: readonly string[] = ["sasl.oauthbearer.token.endpoint.url", "sasl.oauthbearer.jwks.endpoint.url"];

/** The SQL connector's copy of Kafka's client has another name. */
const prefixes = ["org.apache.kafka", "org.apache.flink.kafka.shaded.org.apache.kafka"];

/** JVM options for URLs that clients may ask. Clients from 3.9.1 and 4.0.0 on ask no other. */
export function allowUrls(urls: readonly string[]): readonly string[] {
  if (urls.length === 0) return [];
  return prefixes.map((prefix) => `-D${prefix}.sasl.oauthbearer.allowed.urls=${urls.join(",")}`);
}

/** The URLs of KAFKA_PROPERTIES that a JVM option can show. Those of KAFKA_PROPERTIES_FILE stay hidden, as all of its values. */
export function ownUrls(own: readonly OwnProperty[]): readonly string[] {
  const shown = own.filter((each) => urlKeys.includes(each.key) && isPlain(each));
  return [...new Set(shown.map(({ value }) => trimLikeJava(value)))];
}

function isPlain({ value, hidden }: OwnProperty): boolean {
  return !hidden && /^[\w:/.~%+@=-]+$/.test(trimLikeJava(value)) && !holdsSecret(value);
}

/** Warns about a URL that Kafka will not ask, and about a list of the user's that Sluice's option replaces: Java takes the last. */
export function checkAllowedUrls(
  own: readonly OwnProperty[],
  urls: readonly string[],
  conf: MergedFlinkConf,
): readonly Notice[] {
  const option = "sasl.oauthbearer.allowed.urls";
  const given = ["env.java.opts.all", "env.java.opts"].find((key) =>
    String(conf.get(key)?.value ?? "").includes(`${option}=`),
  );
  if (given !== undefined && urls.length === 0) return [];
  const missing = own.filter((each) => urlKeys.includes(each.key) && !isPlain(each));
  const unasked = missing.map(({ key, where }): Notice => {
    const text = `Kafka asks only URLs in the JVM option ${option}, and Sluice does not show this one there`;
    const hint = `set ${key} in KAFKA_PROPERTIES, without credentials, or add -Dorg.apache.kafka.${option}=URL to env.java.opts.all`;
    return { level: "warning", where: [...where, key], text, hint };
  });
  if (given === undefined) return unasked;
  const text = `its ${option} is not used, because Sluice allows the URLs of the Kafka client alone`;
  return [...unasked, { level: "warning", where: [given], text, hint: "take the option out" }];
}
