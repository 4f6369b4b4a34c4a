import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { prepareRunDir, readOrMakeSeed } from "../../../src/shell/run-dir/run-dir.ts";
import { temporaryFolder } from "../../../testkit/temporary-folder.ts";

describe("prepareRunDir", () => {
  it("makes the folder for this user alone, and says what it made", () => {
    using folder = temporaryFolder();
    expect(prepareRunDir(folder.at("run", "sluice"))).toBe(folder.at("run"));
    expect(statSync(folder.at("run", "sluice")).mode & 0o7777).toBe(0o700);
    expect(prepareRunDir(folder.at("run", "sluice"))).toBeUndefined();
  });

  it("refuses a folder that others may enter", () => {
    using folder = temporaryFolder();
    mkdirSync(folder.at("run"));
    chmodSync(folder.at("run"), 0o750);
    expect(() => prepareRunDir(folder.at("run"))).toThrow("others may enter it");
  });

  it("refuses a folder of another user", () => {
    using folder = temporaryFolder();
    mkdirSync(folder.at("run"), 0o700);
    const getuid = process.getuid;
    process.getuid = () => statSync(folder.at("run")).uid + 1;
    try {
      expect(() => prepareRunDir(folder.at("run"))).toThrow(/^it belongs to uid \d+$/);
    } finally {
      if (getuid !== undefined) process.getuid = getuid;
    }
  });

  it.each([
    ["a link to a folder", (at: string, folder: string) => symlinkSync(folder, at), "this is not a directory"],
    ["a file", (at: string) => writeFileSync(at, ""), "cannot be made: file already exists"],
    ["a link to nowhere", (at: string) => symlinkSync("/nowhere", at), /^cannot be made: /],
  ])("refuses %s", (_what, make, message) => {
    using folder = temporaryFolder();
    make(folder.at("run"), folder.path);
    expect(() => prepareRunDir(folder.at("run"))).toThrow(message);
  });

  it("refuses a path below a file", () => {
    using folder = temporaryFolder();
    writeFileSync(folder.at("file"), "");
    expect(() => prepareRunDir(folder.at("file", "run"))).toThrow("cannot be made: not a directory");
  });
});

describe("readOrMakeSeed", () => {
  it("makes a seed that only this user can read, and finds it again", () => {
    using folder = temporaryFolder();
    const { bytes } = readOrMakeSeed(folder.path);
    expect(bytes).toHaveLength(32);
    expect(statSync(folder.at("seed")).mode & 0o7777).toBe(0o600);
    expect(Buffer.from(readOrMakeSeed(folder.path).bytes)).toEqual(Buffer.from(bytes));
  });

  it("differs from run dir to run dir", () => {
    using one = temporaryFolder();
    using other = temporaryFolder();
    expect(readOrMakeSeed(one.path).bytes).not.toEqual(readOrMakeSeed(other.path).bytes);
  });

  it("makes a seed anew that was cut off", () => {
    using folder = temporaryFolder();
    writeFileSync(folder.at("seed"), "short");
    const { bytes } = readOrMakeSeed(folder.path);
    expect(readFileSync(folder.at("seed"))).toEqual(Buffer.from(bytes));
  });

  it("says what is wrong with a seed that cannot be read", () => {
    using folder = temporaryFolder();
    mkdirSync(folder.at("seed"));
    expect(() => readOrMakeSeed(folder.path)).toThrow("this is not a regular file");
    expect(existsSync(folder.at("seed"))).toBe(true);
  });

  it("writes through no link, and keeps no seed that others can read", () => {
    using folder = temporaryFolder();
    const other = folder.at("other");
    writeFileSync(other, "mine");
    symlinkSync(other, folder.at("seed"));
    expect(() => readOrMakeSeed(folder.path)).toThrow("this is not a regular file");
    expect(readFileSync(other, "utf8")).toBe("mine");
    rmSync(folder.at("seed"));
    writeFileSync(folder.at("seed"), "short", { mode: 0o644 });
    readOrMakeSeed(folder.path);
    expect(statSync(folder.at("seed")).mode & 0o777).toBe(0o600);
  });
});
