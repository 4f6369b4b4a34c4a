import type { Target } from "../../core/feature/feature.ts";
import type { Notice } from "../../core/findings/problem.ts";
import { suggest } from "../../core/findings/suggest.ts";
import { imageWords } from "../../flink/recognise-command.ts";

/** A warning for a command that is nearly a word of the image, and would be started as another program. */
export function misspeltCommand({ command: [word = ""] }: Target): readonly Notice[] {
  if (imageWords.includes(word)) return [];
  const meant = suggest(word, imageWords, 2) ?? suggest(word.replaceAll(/[-_]/g, ""), imageWords, 2);
  if (meant === undefined) return [];
  const text = "this is not a command of the image, so it is started as another program";
  return [{ level: "warning", where: [word], text, hint: `did you mean ${meant}?` }];
}
