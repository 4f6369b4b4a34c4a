import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CaseRoot } from "../support/case-root.ts";
import { goldenCases } from "../support/golden-case.ts";
import { runSluice } from "../support/run-sluice.ts";

/** One of each kind that is the same on every day and for every user: the rest is proven without a process. */
const names = [
  "flink-conf-duplicate-key",
  "flink-properties-binary-junk",
  "plugins-path",
  "settings-10-megabytes-in-a-file",
  "settings-both-given",
  "settings-file-is-a-pipe",
  "tls-dir-empty",
  "tls-key-swapped",
  "trust-file-unclosed",
];

describe("sluice run refuses, and leaves no file", () => {
  const cases = goldenCases().filter(({ name }) => names.includes(name));

  it("in every case that is named here", () => {
    expect(cases.map(({ name }) => name)).toEqual(names);
  });

  it.each(cases)("$name", async (golden) => {
    const { folder, options, environment } = golden;
    using root = new CaseRoot(golden);
    const before = root.snapshot();
    const env = Object.fromEntries(
      Object.entries({ FLINK_HOME: "/opt/flink", ...environment }).map(([key, value]) => [
        key,
        value.startsWith("/") && key !== "PATH" ? root.at(value) : value,
      ]),
    );
    const { exitCode, stdout, stderr } = await runSluice(["run", ...(options.command ?? ["jobmanager"])], { env });
    expect({ exitCode, stdout }).toEqual({ exitCode: 78, stdout: "" });
    const expected = readFileSync(join(folder, "expected", "problems.txt"), "utf8");
    expect(stderr.replaceAll(root.path, "")).toBe(expected);
    expect(existsSync(root.at("/run/sluice"))).toBe(false);
    expect(root.snapshot()).toEqual(before);
  });
});
