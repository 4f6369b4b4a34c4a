import { closest, distance } from "fastest-levenshtein";

/** The candidate that was probably meant: the same but for case, or at most a third of its letters away. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const sameButCase = candidates.find((candidate) => candidate.toLowerCase() === lower);
  if (sameButCase !== undefined || candidates.length === 0) return sameButCase;
  const best = closest(word, candidates);
  return distance(word, best) <= Math.min(3, Math.floor(word.length / 3)) ? best : undefined;
}
