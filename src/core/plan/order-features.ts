import type { Feature } from "../feature/feature.ts";

/**
 * The features in their order, except that each comes after those that give what it needs.
 * @throws Error if two features need each other: a defect
 */
export function orderFeatures(features: readonly Feature[]): readonly Feature[] {
  const ordered = new Set<Feature>();
  const place = (feature: Feature, waiting: readonly Feature[]): void => {
    if (ordered.has(feature)) return;
    if (waiting.includes(feature)) throw new Error(`${feature.name} needs what needs ${feature.name}`);
    const givers = features.filter((other) => other.gives?.some((name) => feature.needs?.includes(name) === true));
    for (const giver of givers) place(giver, [...waiting, feature]);
    ordered.add(feature);
  };
  for (const feature of features) place(feature, []);
  return [...ordered];
}
