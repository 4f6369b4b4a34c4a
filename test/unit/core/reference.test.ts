import { describe, expect, it } from "vitest";
import { referenceMarkdown, referenceText } from "../../../src/core/settings/reference.ts";
import { flag, secret, text } from "../../../src/core/settings/variables.ts";

const declaration = {
  title: "Trust",
  about: "About it.",
  env: {
    ENABLED: flag({ desc: "Turns it on" }),
    PASSWORD: secret({ desc: "Opens it" }),
    LEVEL: text({ desc: "How much", expects: "low|high", example: "low" }),
  },
  envPatterns: [{ name: "<SERVICE>_DIR", desc: "Where", expects: "a path", example: "KAFKA_DIR=/certs" }],
};

describe("the reference", () => {
  it("is readable in a terminal of 80 columns", () => {
    const printed = referenceText([
      { ...declaration, env: { X: text({ desc: "word ".repeat(60).trim(), expects: "x" }) } },
    ]);
    expect(printed.split("\n").filter((line) => line.length > 84)).toEqual([]);
    expect(referenceText([declaration])).toBe(`Trust
  ENABLED
      Turns it on
      takes true or false; default false
  PASSWORD, PASSWORD_FILE
      Opens it
      takes a secret
  LEVEL
      How much
      takes low|high
      such as low
  <SERVICE>_DIR
      Where
      takes a path
      such as KAFKA_DIR=/certs
`);
  });

  it("is a table in Markdown, whose cells cannot break it", () => {
    expect(referenceMarkdown([declaration])).toBe(`## Trust

About it.

| Variable | What it does | Takes | Default | Example |
| --- | --- | --- | --- | --- |
| \`ENABLED\` | Turns it on | true or false | \`false\` |  |
| \`PASSWORD\`, \`PASSWORD_FILE\` | Opens it | a secret |  |  |
| \`LEVEL\` | How much | low\\|high |  | \`low\` |
| \`<SERVICE>_DIR\` | Where | a path |  | \`KAFKA_DIR=/certs\` |
`);
  });
});
