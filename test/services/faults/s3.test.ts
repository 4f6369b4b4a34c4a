import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkIn, itFinds } from "./fault.ts";
import { s3Faults } from "./s3-faults.ts";
import { S3Lab } from "./s3-lab.ts";

describe("sluice check and a store that verifies signatures", () => {
  let lab: S3Lab;
  beforeAll(async () => {
    lab = await S3Lab.start();
  });
  afterAll(async () => lab?.stop());

  it("finds nothing where all is well", async () => {
    const { exitCode, report } = await checkIn(lab.env());
    expect(report.problems).toEqual([]);
    expect(report.notices.map(({ text }) => text)).toContain("bucket state lists its keys below flink/checkpoints");
    expect(exitCode).toBe(0);
  });

  it("takes the key of the environment", async () => {
    const { id, secret } = lab.server.user;
    const env = lab.env({ AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret });
    const FLINK_PROPERTIES = (env["FLINK_PROPERTIES"] ?? "").replaceAll(/^s3\.(?:access|secret)-key:.*\n/gm, "");
    const { report } = await checkIn({ ...env, FLINK_PROPERTIES });
    expect(report.notices.map(({ text }) => text)).toContain("bucket state lists its keys below flink/checkpoints");
  });

  itFinds(s3Faults, () => lab);
});
