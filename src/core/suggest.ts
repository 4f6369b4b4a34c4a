import { closest, distance } from "fastest-levenshtein";

/** The candidate that was probably meant: the same but for case, or at most `edits` letters (and a third of them) away. */
export function suggest(word: string, candidates: readonly string[], edits = 3): string | undefined {
  const lower = word.toLowerCase();
  const most = Math.min(edits, Math.floor(word.length / 3));
  // Each start asks for every variable that it does not know: most candidates are told by their length.
  const near = candidates.filter((candidate) => Math.abs(candidate.length - word.length) <= most);
  const sameButCase = near.find((candidate) => candidate.toLowerCase() === lower);
  if (sameButCase !== undefined || near.length === 0) return sameButCase;
  const best = closest(word, near);
  return distance(word, best) <= most ? best : undefined;
}
