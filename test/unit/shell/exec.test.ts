import { mkdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CannotExec, childEnvironment, locate, replaceProcess } from "../../../src/shell/process/exec.ts";
import { temporaryFolder } from "../../../testkit/temporary-folder.ts";

const exec = (path: string) => ({ path, argv: [path], set: {}, unset: [] });

function failure(action: () => void): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("childEnvironment", () => {
  it("unsets before it sets", () => {
    const plan = { ...exec("true"), set: { A: "ours", C: "3" }, unset: ["A", "B"] };
    expect(childEnvironment(plan, { A: "theirs", B: "secret", D: "4", E: undefined })).toEqual({
      A: "ours",
      C: "3",
      D: "4",
    });
  });
});

describe("replaceProcess, when it cannot", () => {
  it.each([
    ["a path that is not there", "/nowhere/command", {}, 127, "/nowhere/command: no such file"],
    [
      "a name that PATH does not find",
      "no-such-command",
      { PATH: "/usr/bin" },
      127,
      "no-such-command: no such command on PATH",
    ],
    ["a name without PATH", "no-such-command", {}, 127, "no-such-command: no such command on PATH"],
    ["a directory", "/usr", {}, 126, "/usr: not an executable file"],
    ["a file that is not executable", "/etc/passwd", {}, 126, "/etc/passwd: not an executable file"],
  ])("says so for %s", (_what, path, environment, exitCode, message) => {
    const error = failure(() => replaceProcess(locate(exec(path), environment)));
    expect(error).toBeInstanceOf(CannotExec);
    expect(error).toMatchObject({ exitCode, message });
  });

  it("says so for an executable of no known format", () => {
    using folder = temporaryFolder();
    writeFileSync(folder.at("command"), "not a program", { mode: 0o755 });
    const error = failure(() => replaceProcess(locate(exec(folder.at("command")), {})));
    expect(error).toMatchObject({ exitCode: 126 });
  });

  it("passes over a folder on PATH that has the command's name", () => {
    using folder = temporaryFolder();
    mkdirSync(folder.at("command"));
    const error = failure(() => replaceProcess(locate(exec("command"), { PATH: folder.path })));
    expect(error).toMatchObject({ exitCode: 127 });
  });
});
