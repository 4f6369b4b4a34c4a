/** What was taken off or replaced, and how the text should be given. */
export interface Remark {
  readonly text: string;
  readonly hint: string;
}

/** Starts with a key of Flink's configuration: dots, a colon, and a blank or the end. */
const startsWithKey = /^\s*[a-z][\w-]*(?:\.[\w-]+)+\s*:(?:\s|$)/;

/**
 * Undoes what tools do to FLINK_PROPERTIES before a container gets it, where only one reading makes sense:
 * - `docker run --env-file` and Compose's `env_file` keep quotes around a value;
 * - `FLINK_PROPERTIES=` twice, as when a line of such a file is pasted into a value;
 * - a literal `\n`, which a Dockerfile's ENV and single-quoted YAML do not turn into a line end.
 */
export function readOneLine(text: string): { readonly text: string; readonly remarks: readonly Remark[] } {
  const remarks: Remark[] = [];
  let rest = text.trim();
  const [, quote, inner] = /^(["'])([^]*)\1$/.exec(rest) ?? [];
  if (quote !== undefined && inner !== undefined && startsWithKey.test(inner) && !inner.includes(`${quote}\n`)) {
    rest = inner;
    remarks.push({
      text: "the quotes around the whole text were taken off",
      hint: "leave the quotes out; docker's --env-file keeps them",
    });
  }
  const prefix = /^FLINK_PROPERTIES\s*=\s*/.exec(rest)?.[0];
  if (prefix !== undefined && startsWithKey.test(rest.slice(prefix.length))) {
    rest = rest.slice(prefix.length);
    remarks.push({ text: "FLINK_PROPERTIES= at the start of the text was taken off", hint: "give the text alone" });
  }
  const parts = rest.includes("\n") ? [] : rest.split("\\n");
  if (parts.length > 1 && parts.every((part) => part.trim() === "" || startsWithKey.test(part))) {
    rest = parts.join("\n");
    remarks.push({
      text: String.raw`each \n of the text was taken for the end of a line`,
      hint: "use real line ends: a block scalar (|) in YAML, $'…' in a shell",
    });
  }
  return remarks.length === 0 ? { text, remarks } : { text: rest, remarks };
}
