/** A word, a quoted text or one character, as java.io.StreamTokenizer gives them to Kafka. A number has no text. */
interface Token {
  readonly type: "text" | "number" | "character";
  readonly text: string;
}

/**
 * Why Kafka refuses a `sasl.jaas.config`, or undefined if it takes it: `org.apache.kafka.common.security.JaasConfig` and
 * `JaasContext` of Kafka 4.2. The reason quotes no value.
 */
export function jaasProblem(text: string): string | undefined {
  const tokens = tokenize(text);
  let at = 0;
  let entries = 0;
  while (at < tokens.length) {
    const [module, flag] = tokens.slice(at, at + 2);
    if (flag === undefined) return "nothing follows the login module";
    if (flag.type !== "text" || !/^(required|requisite|sufficient|optional)$/i.test(flag.text))
      return "the word after the login module is not required, requisite, sufficient or optional";
    at += 2;
    while (at < tokens.length && !isCharacter(tokens[at], ";")) {
      const value = tokens[at + 2];
      if (!isCharacter(tokens[at + 1], "=") || value?.type !== "text")
        return 'an option is not written as name="value"; only letters, - and _ stand without quotes';
      at += 3;
    }
    if (at === tokens.length) return "it does not end in ;";
    if (module?.type !== "text" || module.text === "") return "it does not begin with the class of a login module";
    at += 1;
    entries += 1;
  }
  if (entries === 1) return undefined;
  return entries === 0 ? "it has no login module" : `it has ${entries} login modules, and Kafka takes one`;
}

function isCharacter(token: Token | undefined, character: string): boolean {
  return token?.type === "character" && token.text === character;
}

// With JaasConfig's settings, every slash starts a comment, up to the end of the line; the character after it is not looked at, and
// may be a line end. Quotes end with the line.
const blank = /(?:[\0- ]|\/\*[^]*?(?:\*\/|$)|\/\/[^\n\r]*|\/[^]?[^\n\r]*)+/y;
const quoted = /(["'])((?:\\[^]|(?!\1)[^\\\n\r])*)\1?/y;
const number = /-?(?:\d+(?:\.\d*)?|\.\d*)/y;
const word = /[A-Za-z_$\u00a0-\uffff][A-Za-z_$\u00a0-\uffff\d.-]*/y;

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    at += found?.[0].length ?? 0;
    return found;
  };
  for (take(blank); at < text.length; take(blank)) {
    const [, , inner] = take(quoted) ?? [];
    if (inner !== undefined) tokens.push({ type: "text", text: inner });
    else if (take(number) !== null) tokens.push({ type: "number", text: "" });
    else {
      const [plain] = take(word) ?? [];
      tokens.push({ type: plain === undefined ? "character" : "text", text: plain ?? text.charAt(at) });
      if (plain === undefined) at += 1;
    }
  }
  return tokens;
}
