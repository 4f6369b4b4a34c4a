import { readdirSync } from "node:fs";
import { execa } from "execa";
import { describe, expect, it } from "vitest";

const script = new URL("../support/memory-coverage.ts", import.meta.url).pathname;
const model = new URL("../../src/flink/memory/", import.meta.url);

describe("random memory settings", () => {
  it("reach every branch of the model, so that the comparison with Flink's own leaves nothing out", async () => {
    const { stdout } = await execa(process.execPath, [script, "10000", "1"]);
    const { files, blocks, unreached } = JSON.parse(stdout) as { files: number; blocks: number; unreached: string[] };
    expect(unreached).toEqual([]);
    expect(files).toBe(readdirSync(model).length);
    expect(blocks).toBeGreaterThan(200);
  });
});
