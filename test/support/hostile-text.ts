import * as fc from "fast-check";

const characters = Array.from("\"'\\=:;#!{}[]<>&$%^ \t\f\r\n\u0000\u0085\u00e9\u2028\u{1f511}aZ0");

/** Texts of any characters, and those that have a meaning in some format. */
export const hostileText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(...characters) }),
  fc.constantFrom(
    "]]>",
    "<!--",
    "-->",
    "&amp;",
    "${user.name}",
    "{{value}}",
    "';--",
    "\\u0041",
    "\\\n",
    "= {",
    "}",
    "[a]",
    "",
  ),
);
