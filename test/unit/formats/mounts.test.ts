import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findMount, parseMounts } from "../../../src/formats/mounts.ts";

const text = String.raw`overlay / overlay rw,relatime 0 0
tmpfs /tmp tmpfs rw,nosuid 0 0
/dev/sda1 /tmp/on\040a\134disk ext4 rw 0 0
tmpfs /dev/shm tmpfs rw 0 0
/dev/sdb1 /dev/shm xfs rw 0 0
`;

describe("mounts", () => {
  it.each([
    ["/", "overlay"],
    ["/tmp", "tmpfs"],
    ["/tmp/flink", "tmpfs"],
    ["/tmpfs", "overlay"],
    [String.raw`/tmp/on a\disk/rocksdb`, "ext4"],
    ["/dev/shm/flink", "xfs"],
  ])("%s is on %s", (path, type) => {
    expect(findMount(parseMounts(text), path)?.type).toBe(type);
  });

  it("knows nothing of an empty file", () => {
    expect(findMount(parseMounts(""), "/tmp")).toBeUndefined();
  });

  it("are read as the kernel writes them (proc(5))", () => {
    const escape = (path: string) =>
      path.replaceAll(/[ \t\n\\]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`);
    const path = fc.string({ unit: "grapheme-ascii" }).map((name) => `/${name.replaceAll("\0", "")}`);
    fc.assert(
      fc.property(fc.array(path), (paths) => {
        const lines = paths.map((each) => `device ${escape(each)} ext4 rw 0 0\n`);
        expect(parseMounts(lines.join("")).map((mount) => mount.path)).toEqual(paths);
      }),
    );
  });
});
