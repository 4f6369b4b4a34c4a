import type { Unreadable } from "./system.ts";

const readingHints = {
  missing: ["no such file or directory", "mount it, or correct the path"],
  denied: ["permission denied", "let the container's user read it: for a Secret, defaultMode 0440 and fsGroup"],
  directory: [
    "this is a directory, not a file",
    "name the file in it; a mount of a missing file or a wrong subPath makes a directory",
  ],
  "not-directory": ["it is not a directory, or a part of its path is none", "correct the path"],
  "too-large": ["the file is far larger than anything this reads", "check that it is the right file"],
  special: ["this is not a regular file", "name a regular file"],
} as const satisfies Record<Unreadable["kind"], readonly [string, string]>;

/** In words, why a path gave nothing, and what to do: the same sentence wherever a file is read. */
export function readingFailure(kind: Unreadable["kind"]): { readonly text: string; readonly hint: string } {
  const [text, hint] = readingHints[kind];
  return { text, hint };
}
