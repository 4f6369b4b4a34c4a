import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isWritable, readDirectory, readFileStamp, readRegularFile } from "../../../src/shell/files/read-file.ts";
import { type TemporaryFolder, temporaryFolder } from "../../../testkit/temporary-folder.ts";

describe("readRegularFile", () => {
  it("reads bytes and mode, also through links", () => {
    using folder = temporaryFolder();
    writeFileSync(folder.at("file"), "text");
    chmodSync(folder.at("file"), 0o640);
    symlinkSync("file", folder.at("link"));
    const read = readRegularFile(folder.at("link"));
    expect(read).toMatchObject({ kind: "file", mode: 0o640 });
    expect(read.kind === "file" && Buffer.from(read.bytes).toString()).toBe("text");
  });

  it("reads what the kernel says is empty, and what is", () => {
    using folder = temporaryFolder();
    writeFileSync(folder.at("empty"), "");
    expect(readRegularFile(folder.at("empty"))).toMatchObject({ kind: "file", bytes: new Uint8Array() });
    const status = readRegularFile("/proc/self/status");
    expect(status.kind === "file" && Buffer.from(status.bytes).toString()).toContain("Name:");
  });

  it.each([
    ["nothing there", () => undefined, "missing"],
    ["a folder", (folder: TemporaryFolder) => mkdirSync(folder.at("path")), "directory"],
    [
      "a pipe, without waiting for a writer",
      (folder: TemporaryFolder) => execFileSync("mkfifo", [folder.at("path")]),
      "special",
    ],
    ["a link to a device", (folder: TemporaryFolder) => symlinkSync("/dev/zero", folder.at("path")), "special"],
    ["a link to itself", (folder: TemporaryFolder) => symlinkSync("path", folder.at("path")), "missing"],
    [
      "more than 64 MiB",
      (folder: TemporaryFolder) => {
        writeFileSync(folder.at("path"), "");
        truncateSync(folder.at("path"), 64 * 1024 * 1024 + 1);
      },
      "too-large",
    ],
  ])("tells %s", (_what, make, kind) => {
    using folder = temporaryFolder();
    make(folder);
    expect(readRegularFile(folder.at("path"))).toEqual({ kind });
  });

  it("tells a path below a file, and one that no system takes", () => {
    using folder = temporaryFolder();
    writeFileSync(folder.at("file"), "");
    expect(readRegularFile(folder.at("file", "path"))).toEqual({ kind: "not-directory" });
    expect(readRegularFile(`/${"x".repeat(300)}`)).toEqual({ kind: "missing" });
  });
});

describe("readDirectory", () => {
  it("lists names in order, without the hidden ones that Kubernetes makes", () => {
    using folder = temporaryFolder();
    for (const name of ["b", "a", ".hidden"]) writeFileSync(folder.at(name), "");
    mkdirSync(folder.at("..data"));
    expect(readDirectory(folder.path)).toEqual({ kind: "listing", names: ["a", "b"] });
  });

  it("tells why it cannot", () => {
    using folder = temporaryFolder();
    writeFileSync(folder.at("file"), "");
    expect(readDirectory(folder.at("none"))).toEqual({ kind: "missing" });
    expect(readDirectory(folder.at("file"))).toEqual({ kind: "not-directory" });
  });
});

describe("isWritable", () => {
  it("is false where there is nothing", () => {
    using folder = temporaryFolder();
    expect([isWritable(folder.path), isWritable(folder.at("none"))]).toEqual([true, false]);
  });
});

describe("readFileStamp", () => {
  it("has whole seconds, which is what layers of an image keep", () => {
    using folder = temporaryFolder();
    writeFileSync(folder.at("file"), "text");
    utimesSync(folder.at("file"), 1, 1_700_000_000.9);
    symlinkSync("file", folder.at("link"));
    expect(readFileStamp(folder.at("link"))).toEqual({ size: 4, modified: 1_700_000_000 });
  });

  it("is of a file that is there", () => {
    using folder = temporaryFolder();
    writeFileSync(folder.at("file"), "");
    const paths = [folder.path, folder.at("missing"), folder.at("file", "below")];
    expect(paths.map(readFileStamp)).toEqual([undefined, undefined, undefined]);
  });
});
