import { readdirSync } from "node:fs";
import { execa } from "execa";
import { describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url).pathname;

describe("random memory settings", () => {
  it("reach every branch of the model, so that the comparison with Flink's own leaves nothing out", async () => {
    const { stdout } = await execa(process.execPath, ["test/support/memory-coverage.ts", "20000"], { cwd: root });
    const { files, blocks, unreached } = JSON.parse(stdout) as { files: number; blocks: number; unreached: string[] };
    expect(unreached).toEqual([]);
    expect(files).toBe(readdirSync(`${root}src/flink/memory`).length);
    expect(blocks).toBeGreaterThan(200);
  });
});
