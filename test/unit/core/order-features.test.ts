import { describe, expect, it } from "vitest";
import type { Feature, FeatureOutputs } from "../../../src/core/feature/feature.ts";
import { orderFeatures } from "../../../src/core/plan/order-features.ts";
import { features } from "../../../src/features/index.ts";

type Name = keyof FeatureOutputs;

function feature(name: string, needs: readonly Name[], gives: readonly Name[] = []): Feature {
  const problems = { area: name, explanations: {} };
  return { name, title: name, about: "", env: {}, problems, enabled: () => true, plan: () => ({}), needs, gives };
}

const names = (ordered: readonly Feature[]) => ordered.map(({ name }) => name);

describe("the order of features", () => {
  it("is their own where nothing is needed", () => {
    expect(names(orderFeatures(features))).toEqual(names(features));
  });

  it("has givers before those that need their outputs", () => {
    const list = [
      feature("kafka", ["kerberos", "truststore"]),
      feature("kerberos", ["plugins"], ["kerberos"]),
      feature("plugins", [], ["plugins"]),
      feature("trust", [], ["truststore"]),
    ];
    expect(names(orderFeatures(list))).toEqual(["plugins", "kerberos", "trust", "kafka"]);
  });

  it("does not exist for features that need each other", () => {
    const list = [feature("a", ["plugins"], ["truststore"]), feature("b", ["truststore"], ["plugins"])];
    expect(() => orderFeatures(list)).toThrow("a needs what needs a");
  });
});
