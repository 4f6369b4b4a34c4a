import * as fc from "fast-check";

/** What means something, or might, in one of Flink's grammars. */
const special = `
true|false|null|~|1.0|1.50|007|0x1F|1e3|1.0E23|1.0E10|0.1|.inf|.nan|-0|+7|2001-01-01|12:30:45|yes|no|on|off|=|<<|-|--|---|...|-Da=1 -Db=2
*|*a|&|&a|!|!!str x|%|%a|@|\`|>|{|}|[|]|{a: b}|[a, b]|'|"|'a'|"a"|a'b|a"b|\\|\\n|a\\|:|a:|: a|?|? a|- a|-a|--a|_|(a)|/a
a: b|a:b|a #b|a#b|#a|pa$$w0rd#x|$\{X}|$|$x|s3://bucket/path|host:9092,other:9092|C:\\flink|a, b|a,b|%d{HH:mm} - %m%n|é|日本|😀
`;

/** The same for what cannot stand in a list. */
const blank = [
  "",
  " ",
  "  x",
  "x  ",
  "|",
  "\t",
  "a\tb",
  "a\nb",
  "a\n",
  "\na",
  "a\r\nb",
  "key: value\nother: value",
  "x".repeat(5000),
];

/** Control characters, and those that may end a line or vanish. */
const invisible = ["\0", "\x07", "\x7f", "\x85", "\xa0", "\u2028", "\u2029", "\ufeff", "\ufffe"];

const piece = fc.constantFrom(...special.trim().split(/[|\n]/), ...blank, ...invisible);

const indicators = "aB1 :#-?,[]{}'\"\\\n\t&*!|>%@`~=$.é".split("");

/** Text of all kinds, much of it with a meaning in one of Flink's grammars. */
export const hostileValue: fc.Arbitrary<string> = fc.oneof(
  piece,
  fc.string({ unit: fc.constantFrom(...indicators), maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.tuple(piece, piece).map((pair) => pair.join(" ")),
);

const word = fc.string({ unit: fc.constantFrom(..."abcdefgXYZ019-_".split("")), minLength: 1, maxLength: 8 });

/** A key as Flink has them; sometimes one that looks like something else, or holds what would end it. */
export const anyKey: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => `k${words.join(".")}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("true", "1", "1.5", "null", "a b", "a: b", "a#b", "# a", "'a'", "[a]", "é", "-", ""),
  },
);
