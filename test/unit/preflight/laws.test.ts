import { expect, it } from "vitest";
import { networkCodes } from "../../../scripts/reference-docs.ts";
import { readFound } from "../../services/faults/found.ts";
import { hdfsFaults } from "../../services/faults/hdfs-faults.ts";
import { kafkaFaults } from "../../services/faults/kafka-faults.ts";
import { kdcFaults } from "../../services/faults/kdc-faults.ts";
import { s3Faults } from "../../services/faults/s3-faults.ts";
import { searchFaults } from "../../services/faults/search-faults.ts";

/** What no server here brings about; each is looked at in a unit test. */
const notReproduced: readonly string[] = [
  // MIT's KDC says error 6 of a realm that it does not serve.
  "kdc/wrong-realm",
  // moto knows neither temporary credentials that expire, nor the time of a request, nor regions of buckets.
  "bucket/expired-token",
  "bucket/clock-skew",
  "bucket/wrong-region",
  // Kafka's brokers refuse to store fewer than 4096.
  "broker/few-iterations",
];

const faults = [...kdcFaults, ...kafkaFaults, ...hdfsFaults, ...searchFaults, ...s3Faults];

it("every problem that only the network shows is reproduced with a real server", () => {
  const shown = new Set(faults.map(({ code }) => code));
  expect(networkCodes.filter((code) => !shown.has(code))).toEqual(notReproduced);
});

it("what was found is kept for every fault that is a problem, and for no other", () => {
  const kept = Object.entries(readFound()).map(([name, { code }]) => [name, code]);
  const made = faults.flatMap(({ name, code }) => (code === undefined ? [] : [[name, code]]));
  expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(made));
});

it("each fault has a name of its own", () => {
  const names = faults.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
