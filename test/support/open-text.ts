import { openSecret, type Text } from "../../src/secret.ts";

/** A rendered file as it is written, its secrets opened. */
export function openText(text: Text): string {
  return text.map((part) => (typeof part === "string" ? part : openSecret(part))).join("");
}
