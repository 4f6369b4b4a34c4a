/** The newest Flink, and the one with long-term support: what the tests run in full. */
export const flinkVersions = ["2.3.0", "1.20.5"] as const;
