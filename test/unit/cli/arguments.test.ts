import { describe, expect, it } from "vitest";
import { parseArguments, UsageError } from "../../../src/cli/arguments.ts";

function usageError(args: readonly string[]): UsageError {
  try {
    parseArguments("sluice", args);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error(`${args.join(" ")} was accepted`);
}

describe("parseArguments", () => {
  const nothing = { root: undefined, flinkVersion: undefined, output: "text" };

  it.each([
    [[], { verb: "help", topic: undefined }],
    [["-h"], { verb: "help", topic: undefined }],
    [["--help"], { verb: "help", topic: undefined }],
    [["help", "plan"], { verb: "help", topic: "plan" }],
    [["-V"], { verb: "version" }],
    [["--version"], { verb: "version" }],
    [["version"], { verb: "version" }],
    [["env"], { verb: "env" }],
    [["env", "--help"], { verb: "help", topic: "env" }],
    [["certs", "--out", "x"], { verb: "certs", args: ["--out", "x"] }],
    [["certs", "-h"], { verb: "help", topic: "certs" }],
    [["cds"], { verb: "cds", out: undefined }],
    [["cds", "--out", "/o"], { verb: "cds", out: "/o" }],
    [["cds", "--out=/o"], { verb: "cds", out: "/o" }],
    [["cds", "--help"], { verb: "help", topic: "cds" }],
    [["run", "jobmanager"], { verb: "run", command: ["jobmanager"] }],
    [["run", "jobmanager", "-D", "a=b", "--help"], { verb: "run", command: ["jobmanager", "-D", "a=b", "--help"] }],
    [["run", "--help"], { verb: "help", topic: "run" }],
    [["run", "plan"], { verb: "run", command: ["plan"] }],
    [["run", "--dry-run", "jobmanager"], { verb: "plan", command: ["jobmanager"], ...nothing }],
    [["plan", "taskmanager"], { verb: "plan", command: ["taskmanager"], ...nothing }],
    [["plan", "--help"], { verb: "help", topic: "plan" }],
    [["plan", "--root", "/mnt", "x"], { verb: "plan", command: ["x"], ...nothing, root: "/mnt" }],
    [["plan", "--root=/mnt=1", "x"], { verb: "plan", command: ["x"], ...nothing, root: "/mnt=1" }],
    [["plan", "-o", "json", "x", "-o", "y"], { verb: "plan", command: ["x", "-o", "y"], ...nothing, output: "json" }],
    [["plan", "--flink-version", "1.20", "x"], { verb: "plan", command: ["x"], ...nothing, flinkVersion: "1.20" }],
  ])("reads %j", (args, request) => {
    expect(parseArguments("sluice", args)).toEqual(request);
  });

  it.each([[["jobmanager"]], [["env"]], [["bash", "-c", "echo"]]])("as docker-entrypoint.sh runs %j", (command) => {
    expect(parseArguments("docker-entrypoint.sh", command)).toEqual({ verb: "run", command });
  });

  it("as docker-entrypoint.sh helps", () => {
    expect(parseArguments("docker-entrypoint.sh", ["help"])).toEqual({ verb: "help", topic: "run" });
  });

  it.each([
    [["jobmanager"], 'there is no command "jobmanager"', /sluice run jobmanager/],
    [["cds", "--out"], "--out needs a value", /sluice help cds/],
    [["cds", "--out", "/o", "more"], "cds does not take more", /sluice help cds/],
    [["cds", "jobmanager"], "cds does not take jobmanager", /sluice help cds/],
    [["run"], "run needs a command", /sluice run jobmanager/],
    [["run", "--root", "x"], "run has no option --root", /sluice help run/],
    [["plan"], "plan needs a command", /sluice plan jobmanager/],
    [["plan", "--dry", "x", "y"], "plan has no option --dry", /options come before the command/],
    [["plan", "--root"], "--root needs a value", /sluice help plan/],
    [["plan", "-o", "yaml", "x"], '--output "yaml" is neither text nor json', /--output json/],
    [["plan", "--flink-version", "new", "x"], '--flink-version "new" is not a version', /2\.3\.0/],
  ])("refuses %j", (args, message, hint) => {
    const error = usageError(args);
    expect(error.message).toBe(message);
    expect(error.hint).toMatch(hint);
    expect(error.exitCode).toBe(64);
  });
});
