import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkIn, itFinds } from "./fault.ts";
import { searchFaults } from "./search-faults.ts";
import { SearchLab } from "./search-lab.ts";

describe("sluice check and a real Elasticsearch", () => {
  let lab: SearchLab;
  beforeAll(async () => {
    lab = await SearchLab.start();
  });
  afterAll(async () => lab?.stop());

  it("finds nothing where all is well", async () => {
    const { exitCode, report } = await checkIn(lab.env());
    expect(report.problems).toEqual([]);
    expect(report.notices.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^this is Elasticsearch 7\./));
    expect(exitCode).toBe(0);
  });

  itFinds(searchFaults, () => lab);
});
