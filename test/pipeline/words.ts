import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const documentation = join(import.meta.dirname, "../../node_modules/@types/node");

/** When the first word happens; each one after it 10 ms later. */
const firstTime = Date.UTC(2026, 0, 1);
const stepMs = 10;
const windowMs = 60_000;

export const partitions = 2;

export const wordTopics = { comments: "words-in-comments", code: "words-in-code" } as const;

interface Word {
  readonly text: string;
  readonly time: number;
  readonly topic: keyof typeof wordTopics;
}

/** What the job is given, and what has to come out of it: computed here, without Flink. */
export interface WordStream {
  /** For TopicWriter. */
  readonly lines: readonly string[];
  /** A row for each word and window, as the job writes it to files. */
  readonly rows: ReadonlySet<string>;
  /** The document of each word. */
  readonly documents: ReadonlyMap<string, WordDocument>;
}

/** As the job writes it, to the topic for each window, to the index for the last one. */
export interface WordDocument {
  readonly word: string;
  readonly windowEnd: number;
  readonly comments: number;
  readonly code: number;
  readonly allComments: number;
  readonly allCode: number;
}

/** The words of the documentation of Node's API, 237 thousand, in their order, and where each stands. */
export function wordStream(): WordStream {
  const words = readWords();
  const lines = words.map(({ text, time, topic }, index) =>
    [wordTopics[topic], index % partitions, time, text].join("\t"),
  );
  return { lines, ...count(words) };
}

function readWords(): readonly Word[] {
  const names = readdirSync(documentation).filter((name) => name.endsWith(".d.ts"));
  const all = names.toSorted().flatMap((name) => readFileSync(join(documentation, name), "utf8").split("\n"));
  const found = all.flatMap((line) => {
    const topic = /^\s*(\*|\/\/|\/\*)/.test(line) ? ("comments" as const) : ("code" as const);
    return line.split(/[^A-Za-z]+/).flatMap((word) => (word === "" ? [] : [{ text: word.toLowerCase(), topic }]));
  });
  return found.map((word, index) => ({ ...word, time: firstTime + index * stepMs }));
}

function count(words: readonly Word[]): Pick<WordStream, "rows" | "documents"> {
  const windows = new Map<number, Map<string, { comments: number; code: number }>>();
  for (const { text, time, topic } of words) {
    const end = Math.floor(time / windowMs) * windowMs + windowMs;
    const counts = windows.get(end) ?? new Map<string, { comments: number; code: number }>();
    windows.set(end, counts);
    const entry = counts.get(text) ?? { comments: 0, code: 0 };
    counts.set(text, entry);
    entry[topic] += 1;
  }
  const rows = new Set<string>();
  const documents = new Map<string, WordDocument>();
  for (const [windowEnd, counts] of windows) {
    for (const [word, { comments, code }] of counts) {
      const { allComments = 0, allCode = 0 } = documents.get(word) ?? {};
      const all = { allComments: allComments + comments, allCode: allCode + code };
      const document = { word, windowEnd, comments, code, ...all };
      documents.set(word, document);
      rows.add(rowOf(document));
    }
  }
  return { rows, documents };
}

/** A result as the job writes it to a file. */
export function rowOf({ word, windowEnd, comments, code, allComments, allCode }: WordDocument): string {
  return [word, windowEnd, comments, code, allComments, allCode].join("\t");
}
