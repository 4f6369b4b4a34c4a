import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { describe, expect, it } from "vitest";
import { CannotWrite } from "../../../src/shell/run-dir/run-dir.ts";
import { type ReadyFile, writeFiles, writeLinks } from "../../../src/shell/files/write-files.ts";
import { type TemporaryFolder, temporaryFolder } from "../../../testkit/temporary-folder.ts";

function file(path: string, text: string, more: Partial<ReadyFile> = {}): ReadyFile {
  return { path, mode: 0o600, bytes: Buffer.from(text), backup: undefined, ...more };
}

describe("writeFiles", () => {
  it("writes with the mode that was asked for, whatever the umask, and makes folders that only we can enter", () => {
    using folder = temporaryFolder();
    const umask = process.umask(0o077);
    try {
      const path = folder.at("conf", "config.yaml");
      expect(writeFiles([file(path, "a: 1\n", { mode: 0o644 })])).toEqual([path]);
      expect(statSync(path).mode & 0o7777).toBe(0o644);
      expect(statSync(folder.at("conf")).mode & 0o7777).toBe(0o700);
    } finally {
      process.umask(umask);
    }
  });

  it("leaves a file alone that is already so", () => {
    using folder = temporaryFolder();
    const files = [file(folder.at("a"), "one"), file(folder.at("b"), "two")];
    writeFiles(files);
    const identities = () =>
      files.map(({ path }) => {
        const { ino, mtimeNs, ctimeNs } = lstatSync(path, { bigint: true });
        return { ino, mtimeNs, ctimeNs };
      });
    const before = identities();
    expect(writeFiles(files)).toEqual([]);
    expect(identities()).toEqual(before);
  });

  it("writes again when only the mode differs", () => {
    using folder = temporaryFolder();
    writeFileSync(folder.at("a"), "one", { mode: 0o644 });
    expect(writeFiles([file(folder.at("a"), "one")])).toEqual([folder.at("a")]);
    expect(statSync(folder.at("a")).mode & 0o7777).toBe(0o600);
  });

  it("replaces a file instead of changing it, so that a reader never sees half of it", () => {
    using folder = temporaryFolder();
    writeFiles([file(folder.at("a"), "one")]);
    const { ino } = statSync(folder.at("a"));
    writeFiles([file(folder.at("a"), "two")]);
    expect(statSync(folder.at("a")).ino).not.toBe(ino);
    expect(readdirSync(folder.path)).toEqual(["a"]);
  });

  it.each([
    ["a file stands where a folder has to be", (at: string) => writeFileSync(at, ""), "bad/c"],
    ["a folder stands where the file has to be", (at: string) => mkdirSync(at), "bad"],
  ])("changes nothing when %s", (_what, obstruct, failing) => {
    using folder = temporaryFolder();
    writeFileSync(folder.at("old"), "old", { mode: 0o600 });
    obstruct(folder.at("bad"));
    const files = [
      file(folder.at("old"), "new"),
      file(folder.at("deep", "folder", "b"), "two"),
      file(folder.at(failing), "three"),
    ];
    expect(() => writeFiles(files)).toThrow(CannotWrite);
    expect(readFileSync(folder.at("old"), "utf8")).toBe("old");
    expect(readdirSync(folder.path).toSorted()).toEqual(["bad", "old"]);
  });

  it("writes through a link, which stays a link", () => {
    using folder = temporaryFolder();
    writeFileSync(folder.at("cacerts"), "old");
    symlinkSync("cacerts", folder.at("link"));
    writeFiles([file(folder.at("link"), "new", { mode: 0o644 })]);
    expect(readlinkSync(folder.at("link"))).toBe("cacerts");
    expect(readFileSync(folder.at("cacerts"), "utf8")).toBe("new");
  });

  it("takes what a start that was killed has staged", () => {
    using folder = temporaryFolder();
    writeFileSync(folder.at(`a.sluice-${process.pid}`), "half", { mode: 0o400 });
    writeFiles([file(folder.at("a"), "whole")]);
    expect(readdirSync(folder.path)).toEqual(["a"]);
  });

  describe("in place", () => {
    const backup = (folder: TemporaryFolder) => folder.at("backup", "cacerts");
    // A directory with the name of the staged file: this process may be root, whom no mode stops.
    const cannotStage = (folder: TemporaryFolder) => mkdirSync(folder.at(`cacerts.sluice-${process.pid}`));

    it("keeps the mode of the file that is there", () => {
      using folder = temporaryFolder();
      writeFileSync(folder.at("cacerts"), "old", { mode: 0o644 });
      writeFiles([file(folder.at("cacerts"), "new", { backup: backup(folder) })]);
      expect(statSync(folder.at("cacerts")).mode & 0o7777).toBe(0o644);
      expect(existsSync(backup(folder))).toBe(false);
    });

    it("overwrites where nothing can be renamed, and backs the old file up", () => {
      using folder = temporaryFolder();
      writeFileSync(folder.at("cacerts"), "old", { mode: 0o644 });
      cannotStage(folder);
      const { ino } = statSync(folder.at("cacerts"));
      writeFiles([file(folder.at("cacerts"), "new", { backup: backup(folder) })]);
      expect(readFileSync(folder.at("cacerts"), "utf8")).toBe("new");
      expect(statSync(folder.at("cacerts")).ino).toBe(ino);
      expect(readFileSync(backup(folder), "utf8")).toBe("old");
    });
  });
});

describe("writeLinks", () => {
  it("makes links, and makes none twice", () => {
    using folder = temporaryFolder();
    const link = { path: folder.at("plugins", "s3", "s3.jar"), target: "/opt/flink/opt/s3.jar" };
    expect(writeLinks([link])).toEqual([link.path]);
    expect(readlinkSync(link.path)).toBe(link.target);
    expect(writeLinks([link])).toEqual([]);
  });

  it("replaces a link that leads elsewhere", () => {
    using folder = temporaryFolder();
    symlinkSync("/old", folder.at("link"));
    expect(writeLinks([{ path: folder.at("link"), target: "/new" }])).toEqual([folder.at("link")]);
    expect(readlinkSync(folder.at("link"))).toBe("/new");
  });

  it("refuses to remove a folder", () => {
    using folder = temporaryFolder();
    mkdirSync(folder.at("link"));
    expect(() => writeLinks([{ path: folder.at("link"), target: "/new" }])).toThrow(CannotWrite);
  });
});
