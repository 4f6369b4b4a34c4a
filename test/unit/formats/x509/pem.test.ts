import { describe, expect, it } from "vitest";
import { looksLikePem, parsePem, writePem } from "../../../../src/formats/x509/pem.ts";

const block = "-----BEGIN X-----\nAAEC\n-----END X-----\n";
const bytes = Buffer.of(0, 1, 2);

function parsed(text: string): unknown {
  return parsePem(text).map(({ label, bytes: data, headers, line }) => ({
    label,
    data: [...data],
    headers,
    line: line(),
  }));
}

describe("parsePem", () => {
  it.for([
    ["one block", block, [1]],
    ["two blocks", block + block, [1, 4]],
    ["text around them", `Subject: CN=a\nto BEGIN with\n${block}\n\n# comment\n${block}THE END of it\n`, [3, 9]],
    ["CRLF", block.replaceAll("\n", "\r\n"), [1]],
    ["no line break at the end", block.trimEnd(), [1]],
    ["indented lines", block.replaceAll(/^/gm, "  "), [1]],
    ["empty lines inside", block.replaceAll("\n", "\n\n"), [1]],
    ["data over several lines", block.replace("AAEC", "A\nA\r\nE C"), [1]],
    ["a byte order mark", `\u00ef\u00bb\u00bf\n${block}`, [2]],
    ["nothing", "", []],
  ] as const)("reads %s", ([, text, lines]) => {
    expect(parsed(text)).toEqual(lines.map((line) => ({ label: "X", data: [0, 1, 2], headers: [], line })));
  });

  it("keeps headers apart from data", () => {
    const headers = ["Proc-Type: 4,ENCRYPTED", "DEK-Info: AES-256-CBC,00"];
    const text = `-----BEGIN X-----\r\n${headers.join("\r\n")}\r\n\r\nAAEC\r\n-----END X-----`;
    expect(parsed(text)).toEqual([{ label: "X", data: [0, 1, 2], headers, line: 1 }]);
  });

  it.for([
    ["an open block", `${block}-----BEGIN X-----\nAAEC\n`, 4, "PEM block is not closed"],
    ["a block in a block", `-----BEGIN X-----\nAAEC\n${block}`, 1, "PEM block is not closed"],
    ["another end", "-----BEGIN X-----\nAAEC\n-----END Y-----", 3, "PEM block X is closed as Y"],
    ["an end alone", "AAEC\n-----END X-----", 2, "PEM block X ends without a beginning"],
    ["an empty block", "\n-----BEGIN X-----\n\n-----END X-----", 2, "PEM block X is empty"],
    ["a block of headers", "-----BEGIN X-----\nA: b\n-----END X-----", 1, "PEM block X is empty"],
    [
      "a strange character",
      "-----BEGIN X-----\nAAEC\nAA_C\n-----END X-----",
      3,
      "PEM block X has characters that are not base64",
    ],
    ["a character too few", "-----BEGIN X-----\nAAE\n-----END X-----", 1, "PEM block X is not whole base64"],
    ["padding in the middle", "-----BEGIN X-----\nAA==\nAAEC\n-----END X-----", 1, "PEM block X is not whole base64"],
    ["two blocks on a line", block.trimEnd() + block, 3, "a BEGIN or END line is malformed"],
    ["four hyphens", "----BEGIN X-----\n", 1, "a BEGIN or END line is malformed"],
    ["six hyphens", "------BEGIN X-----\n", 1, "a BEGIN or END line is malformed"],
    ["data on its line", "-----BEGIN X-----AAEC\n", 1, "a BEGIN or END line is malformed"],
    [
      "a quoted line break",
      String.raw`-----BEGIN X-----\nAAEC\n-----END X-----`,
      1,
      String.raw`line breaks are written as \n`,
    ],
  ] as const)("refuses %s", ([, text, line, message]) => {
    expect(() => parsePem(text)).toThrow(expect.objectContaining({ name: "FormatError", line, message }));
  });
});

it("writes lines of 64 characters", () => {
  expect(writePem("X", bytes)).toBe(block);
  const lines = writePem("X", Buffer.alloc(100)).split("\n");
  expect(lines.map(({ length }) => length)).toEqual([17, 64, 64, 8, 15, 0]);
});

it.for([
  [block, true],
  ["-----END X-----", true],
  ["text", false],
] as const)("tells that %j has a block: %s", ([text, expected]) => {
  expect(looksLikePem(Buffer.from(text))).toBe(expected);
});
