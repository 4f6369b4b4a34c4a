import type { Problem } from "../../core/findings/problem.ts";
import { jaasProblem } from "../../formats/kerberos/read-jaas.ts";
import { type OwnProperty, trimLikeJava } from "./own-property.ts";
import { kafkaProblems } from "./problems.ts";

const { problem } = kafkaProblems;

/** Checks the values that are often cut off: the rest becomes properties whose names are parts of the secret. */
export function checkOwnProperty(property: OwnProperty): readonly Problem[] {
  return [...checkJaas(property), ...checkPem(property)];
}

function checkJaas({ key, value, where }: OwnProperty): readonly Problem[] {
  if (!/(^|\.)sasl\.jaas\.config$/.test(key)) return [];
  const text = jaasProblem(trimLikeJava(value));
  if (text === undefined) return [];
  const hint = 'write it as MODULE required name="value"; and let nothing follow a backslash that continues a line';
  return [problem("bad-jaas", [...where, key], text, hint)];
}

/** Kafka's PEM values are one value with all lines. */
function checkPem({ key, value, where }: OwnProperty): readonly Problem[] {
  if (!/(^|\.)ssl\.(truststore\.certificates|keystore\.certificate\.chain|keystore\.key)$/.test(key)) return [];
  if (/-----BEGIN [^-]+-----[^]*-----END [^-]+-----/.test(value)) return [];
  const text = /-----BEGIN/.test(value) ? "it ends before -----END" : "it has no -----BEGIN and -----END";
  const hint = "write it on one line with \\n for each line end, or end each line but the last with \\n\\";
  return [problem("bad-pem", [...where, key], text, hint)];
}
