/** Whether every case and version is tested, as test:full does at night. */
export const isFull = process.env["SLUICE_TEST_FULL"] === "1";

/** The seed of generated cases: SLUICE_TEST_SEED, otherwise a random one in a full run and a fixed one in each other run. */
export const testSeed = Number(
  process.env["SLUICE_TEST_SEED"] ?? (isFull ? Math.trunc(Math.random() * 2 ** 31) : 20_261_201),
);
