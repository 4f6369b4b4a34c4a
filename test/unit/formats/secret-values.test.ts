import { describe, expect, it } from "vitest";
import { withoutCredentials } from "../../../src/formats/secret-values.ts";

describe("withoutCredentials", () => {
  it.each([
    ["https://flink:planted@es:9200", "https://…@es:9200"],
    ["SASL_SSL://flink:planted@kafka:9093", "SASL_SSL://…@kafka:9093"],
    ["flink:pl@n/ted@es:9200", "…@es:9200"],
    // A list is split at commas, also those of a password.
    ["https://flink:plan", "https://flink:…"],
    ["flink:plan", "flink:…"],
    ["ted@es:9200", "…@es:9200"],
    ["ftp://es:9200/a", "ftp://es:9200/a"],
    ["es:9200", "es:9200"],
    ["es", "es"],
    ["[::1]:9200", "[::1]:9200"],
  ])("%s is shown as %s", (address, shown) => {
    expect(withoutCredentials(address)).toBe(shown);
  });
});
