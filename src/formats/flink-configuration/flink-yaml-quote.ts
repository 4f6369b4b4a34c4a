import { resolvePlain } from "./flink-yaml-scalar.ts";

/** Printable ASCII that starts like a word, a number, a path, a variable or an option. */
const harmless = /^(?:[\w/.$+(\\]|-(?=\w))[ -~]*$/;

/** What ends or changes a plain scalar, or a document. */
const harmful = /: | #|[: ]$|^\.\.\./;

/** Decimals that Java prints as they were written; before JDK 19 it gives 9.999999999999999E22 for 1.0E23. */
const exactDecimal = /^-?\d{1,7}\.\d{1,6}$/;

/** The text as a YAML scalar, plain where Flink reads that text back from it, else double-quoted on one line. */
export function yamlScalar(text: string): string {
  const isPlain = harmless.test(text) && !harmful.test(text) && isReadBack(text);
  return isPlain ? text : yamlQuoted(text);
}

function isReadBack(text: string): boolean {
  const resolved = resolvePlain(text);
  if (resolved.kind === "null" || resolved.text !== text) return false;
  return resolved.kind !== "float" || exactDecimal.test(text);
}

/** The text in double quotes, with escapes for what YAML calls unprintable and for what may count as a line's end. */
function yamlQuoted(text: string): string {
  return JSON.stringify(text).replace(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, escape);
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** `key: `, in front of a value. */
export function yamlKey(key: string): string {
  const isPlain = /^[A-Za-z_][\w.-]*$/.test(key) && resolvePlain(key).kind === "string";
  const written = isPlain ? key : yamlQuoted(key);
  return written.length > longestImplicitKey ? `? ${written}\n: ` : `${written}: `;
}

/** YAML 1.2.2, section 7.4.2. */
const longestImplicitKey = 1024;
