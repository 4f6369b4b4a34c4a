import { describe, expect, it } from "vitest";
import { UsageError } from "../../../src/cli/arguments.ts";
import { parseHealthOptions } from "../../../src/cli/health/options.ts";

describe("parseHealthOptions", () => {
  it.each([
    ["", { name: undefined, check: "readiness", timeout: 900 }],
    ["jobmanager", { name: "jobmanager", check: "readiness", timeout: 900 }],
    ["--liveness standalone-job", { name: "jobmanager", check: "liveness", timeout: 900 }],
    ["taskmanager --startup --timeout=4s", { name: "taskmanager", check: "startup", timeout: 4000 }],
    ["--timeout 1500ms", { name: undefined, check: "readiness", timeout: 1500 }],
  ])("%j", (line, options) => {
    expect(parseHealthOptions(words(line))).toEqual(options);
  });

  it.each([
    ["history-server", "health does not take history-server"],
    ["jobmanager taskmanager", "health does not take taskmanager"],
    ["toString", "health does not take toString"],
    ["--liveness --readiness", "--liveness and --readiness are two probes"],
    ["--timeout 5", "--timeout 5 is not a time"],
    ["--timeout 0ms", "--timeout 0ms is not a time"],
    ["--alive", "Unknown option '--alive'"],
  ])("refuses %j", (line, message) => {
    expect(() => parseHealthOptions(words(line))).toThrow(UsageError);
    expect(() => parseHealthOptions(words(line))).toThrow(message);
  });
});

function words(line: string): readonly string[] {
  return line.split(" ").filter((word) => word !== "");
}
