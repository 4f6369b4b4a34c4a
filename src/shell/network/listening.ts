import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** An address that a process takes connections on. */
export interface Listening {
  /** What to connect to: 127.0.0.1 where it listens on all addresses. */
  readonly host: string;
  readonly port: number;
}

/** What a process listens on (proc(5): net/tcp and fd). Nothing if it is gone or another user's. */
export function listeningOf(pid: number): readonly Listening[] {
  const own = new Set(socketsOf(pid));
  return ["tcp", "tcp6"]
    .flatMap((table) => rows(`/proc/${pid}/net/${table}`))
    .flatMap((row) => {
      const [, local = "", , state, , , , , , inode] = row;
      if (state !== "0A" || inode === undefined || !own.has(inode)) return [];
      const [address = "", port = ""] = local.split(":");
      return [{ host: hostOf(address), port: Number.parseInt(port, 16) }];
    });
}

function socketsOf(pid: number): readonly string[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).flatMap((name) => /^socket:\[(\d+)\]$/.exec(linkOf(`${folder}/${name}`))?.[1] ?? []);
  } catch {
    return [];
  }
}

/** A descriptor may be closed at any moment. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function rows(path: string): readonly (readonly string[])[] {
  try {
    return readFileSync(path, "latin1")
      .split("\n")
      .map((line) => line.trim().split(/\s+/));
  } catch {
    return [];
  }
}

/** Each 32 bits are in the byte order of the machine, which is little-endian wherever Node 26 runs. */
function hostOf(hex: string): string {
  const bytes = Buffer.from(hex, "hex");
  for (let at = 0; at < bytes.length; at += 4) bytes.subarray(at, at + 4).reverse();
  const isMapped = bytes.length === 16 && bytes.readUInt32BE(8) === 0xffff && bytes.readBigUInt64BE(0) === 0n;
  const address = isMapped ? bytes.subarray(12) : bytes;
  if (address.every((octet) => octet === 0)) return "127.0.0.1";
  if (address.length === 4) return address.join(".");
  return Array.from({ length: 8 }, (_, index) => address.readUInt16BE(index * 2).toString(16)).join(":");
}
