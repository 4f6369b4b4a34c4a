/**
 * Splits a list of Flink's older syntax, such as `gpu;"a;b"`: an item in quotes may hold the delimiter, and a doubled quote
 * stands for one. Undefined when a quote is not closed, or something follows it.
 * Flink: `StructuredOptionsSplitter.splitEscaped`.
 */
export function splitEscaped(text: string, delimiter: string): readonly string[] | undefined {
  const items: string[] = [];
  let rest = text.trimStart();
  while (rest !== "") {
    const item = quoted.exec(rest);
    if (item !== null) {
      const quote = item[0].slice(0, 1);
      items.push(item[0].slice(1, -1).replaceAll(quote + quote, quote));
      rest = rest.slice(item[0].length).trimStart();
      if (rest !== "" && !rest.startsWith(delimiter)) return undefined;
    } else if (/^["']/.test(rest)) {
      return undefined;
    } else if (!rest.startsWith(delimiter)) {
      const end = rest.indexOf(delimiter);
      items.push((end < 0 ? rest : rest.slice(0, end)).trim());
      rest = end < 0 ? "" : rest.slice(end);
    }
    if (rest.startsWith(delimiter)) {
      rest = rest.slice(delimiter.length).trimStart();
      if (rest.startsWith(delimiter)) items.push("");
    }
  }
  return items;
}

const quoted = /^(?:"(?:[^"]|"")*"|'(?:[^']|'')*')/;
