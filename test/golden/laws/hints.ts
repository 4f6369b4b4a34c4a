import { expect } from "vitest";
import { problemCodes } from "../../../scripts/reference-docs.ts";
import { stderrOf } from "../../support/run-case.ts";
import type { Law } from "./law.ts";

export const hints: Law = {
  name: "every error has a hint that names its code",
  check({ planned }) {
    if (planned.kind === "plan") return;
    const lines = stderrOf(planned).trimEnd().split("\n");
    const errors = lines.flatMap((line, index) => (line.startsWith("sluice: error: ") ? [index] : []));
    const codes = errors.map((index) => /^sluice: hint: .{3,} \[(.+)\]$/.exec(lines[index + 1] ?? "")?.[1]);
    expect(problemCodes, this.name).toEqual(expect.arrayContaining(codes));
    const total = `sluice: ${errors.length} error${errors.length === 1 ? "" : "s"}; nothing was written`;
    expect(lines.at(-1), this.name).toBe(total);
  },
};
