import { closest, distance } from "fastest-levenshtein";

/** The candidate that was probably meant: the same but for case, or at most `edits` letters (and a third of them) away. */
export function suggest(word: string, candidates: readonly string[], edits = 3): string | undefined {
  const lower = word.toLowerCase();
  const sameButCase = candidates.find((candidate) => candidate.toLowerCase() === lower);
  if (sameButCase !== undefined || candidates.length === 0) return sameButCase;
  const best = closest(word, candidates);
  return distance(word, best) <= Math.min(edits, Math.floor(word.length / 3)) ? best : undefined;
}
