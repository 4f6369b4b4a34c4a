import { median } from "./measure.ts";

/** Samples by what was measured, one of each in every round. */
export type Series<T> = ReadonlyMap<string, readonly T[]>;

/** Collects a series. */
export class Rounds<T> {
  readonly #samples = new Map<string, T[]>();

  add(name: string, sample: T): void {
    const samples = this.#samples.get(name) ?? [];
    samples.push(sample);
    this.#samples.set(name, samples);
  }

  get series(): Series<T> {
    return this.#samples;
  }
}

/** The median of one figure. */
export function medianOf<F extends string>(
  series: Series<Readonly<Record<F, number>>>,
  name: string,
  figure: F,
): number {
  return median((series.get(name) ?? []).map((sample) => sample[figure]));
}

/** The median of the ratios, round by round: a change of the machine's speed meets both sides. */
export function ratioOf<F extends string>(
  series: Series<Readonly<Record<F, number>>>,
  numerators: readonly string[],
  denominators: readonly string[],
  figure: F,
): number {
  const sums = (names: readonly string[], round: number) =>
    names.reduce((sum, name) => sum + (series.get(name)?.[round]?.[figure] ?? Number.NaN), 0);
  const rounds = series.get(numerators[0] ?? "")?.length ?? 0;
  return median(Array.from({ length: rounds }, (_, round) => sums(numerators, round) / sums(denominators, round)));
}
