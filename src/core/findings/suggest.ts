import { closest, distance } from "fastest-levenshtein";

/** The candidate that was probably meant: the same but for case, or at most `edits` letters (and a third of them) away. */
export function suggest(word: string, candidates: readonly string[], edits = 3): string | undefined {
  const lower = word.toLowerCase();
  const most = Math.min(edits, Math.floor(word.length / 3));
  // Each start asks for every variable that it does not know: most candidates are told by their length.
  const alike = candidates.filter((candidate) => Math.abs(candidate.length - word.length) <= most);
  const sameButCase = alike.find((candidate) => candidate.toLowerCase() === lower);
  if (sameButCase !== undefined) return sameButCase;
  const pieces = cut(word, most + 1);
  const near = alike.filter((candidate) => pieces.some((piece) => candidate.includes(piece)));
  if (near.length === 0) return undefined;
  const best = closest(word, near);
  return distance(word, best) <= most ? best : undefined;
}

/** So many edits leave at least one of one more pieces as it was, and to look for that is much cheaper than to count edits. */
function cut(word: string, count: number): readonly string[] {
  const at = (piece: number) => Math.floor((word.length * piece) / count);
  return Array.from({ length: count }, (_, piece) => word.slice(at(piece), at(piece + 1)));
}
