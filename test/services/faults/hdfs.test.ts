import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkIn, itFinds } from "./fault.ts";
import { hdfsFaults } from "./hdfs-faults.ts";
import { HdfsLab } from "./hdfs-lab.ts";

describe("sluice check and a real HDFS", () => {
  let lab: HdfsLab;
  beforeAll(async () => {
    lab = await HdfsLab.start();
  });
  afterAll(async () => lab?.stop());

  it("finds nothing where all is well", async () => {
    const { exitCode, report } = await checkIn(lab.env());
    expect(report.problems).toEqual([]);
    expect(report.notices.map(({ text }) => text)).toContain("takes the ticket for hdfs/localhost, kvno 1");
    expect(exitCode).toBe(0);
  });

  itFinds(hdfsFaults, () => lab);
});
