import { Secret } from "../../src/core/secret.ts";
import type { FileRead, System } from "../../src/core/system.ts";
import { goldenNow } from "./identities.ts";

/** A world that holds these files and nothing else. */
export function fakeSystem(files: Readonly<Record<string, string | Uint8Array>> = {}): System {
  const readFile = (path: string): FileRead => {
    const content = files[path];
    if (content === undefined) return { kind: "missing" };
    return { kind: "file", bytes: typeof content === "string" ? Buffer.from(content) : content, mode: 0o644 };
  };
  return {
    readFile,
    listDirectory: (path) => {
      const below = Object.keys(files).filter((file) => file.startsWith(`${path}/`));
      const names = new Set(below.map((file) => file.slice(path.length + 1).split("/")[0] ?? ""));
      return names.size === 0 ? { kind: "missing" } : { kind: "listing", names: [...names].toSorted() };
    },
    writable: () => false,
    readPrivateKey: () => ({ kind: "missing" }),
    readKeystore: () => ({ kind: "missing" }),
    readSecretFile: (path) => {
      const read = readFile(path);
      if (read.kind !== "file") return read;
      const text = Buffer.from(read.bytes).toString();
      const value = text.replace(/\r?\n$/, "");
      const secret = new Secret(path, () => value);
      return { kind: "secret", secret, empty: value === "", trailingNewline: value !== text, mode: read.mode };
    },
    derivePassword: (label) => new Secret("the run dir's seed", () => `derived for ${label}`),
    now: goldenNow,
    hostname: "flink-host.example.com",
    javaOnPath: undefined,
    uid: 9999,
  };
}
