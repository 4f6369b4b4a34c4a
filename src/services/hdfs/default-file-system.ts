import type { Notice, Problem } from "../../core/findings/problem.ts";
import { withoutCredentials } from "../../formats/secret-values.ts";
import { hadoopProblems } from "./problems.ts";

const variable = "HDFS_DEFAULT_FS";

/** As Hadoop reads fs.defaultFS (3.4.3, FileSystem.fixName): a host alone is an HDFS. */
export function defaultFileSystem(value: string | undefined): string | undefined {
  if (value === undefined || value.includes("/")) return value;
  return value === "local" ? "file:///" : `hdfs://${value}`;
}

/** Those that Hadoop's own jars, or jars beside them, bring; Flink's plugins for object stores have Hadoop's classes in them. */
const hadoopsOwn = new Set(["hdfs", "viewfs", "webhdfs", "swebhdfs", "ofs", "o3fs", "har"]);

/** Whether Flink reaches this file system through Hadoop's jars alone. */
export function isHadoopsOwn(value: string | undefined): boolean {
  return hadoopsOwn.has(schemeOf(defaultFileSystem(value) ?? "") ?? "");
}

function schemeOf(uri: string): string | undefined {
  return /^([a-z][a-z0-9+.-]*):\/\//.exec(uri)?.[1];
}

/** What java.net.URI takes for a host: it has no underscore, and its last label begins with a letter if it is not an address. */
const serverAuthority =
  /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.?)(?::(\d{1,5}))?$/;

/** Whose client asks for the URI's host (3.4.3, DistributedFileSystem and WebHdfsFileSystem). */
const withHost = new Set(["hdfs", "webhdfs", "swebhdfs"]);

/** @param uri as {@link defaultFileSystem} gives it */
export function checkDefaultFileSystem(uri: string | undefined): readonly Problem[] {
  if (uri === undefined || isFileSystem(uri)) return [];
  const hint = "write it as hdfs://host:8020, or hdfs://NAME for a name service, without _ in a name";
  return [
    hadoopProblems.problem(
      "bad-address",
      [variable],
      `${JSON.stringify(withoutCredentials(uri))} is not a valid file system`,
      hint,
    ),
  ];
}

function isFileSystem(uri: string): boolean {
  const [, scheme = "", authority = ""] = /^([a-z][a-z0-9+.-]*):\/\/([^\s/?#]*)(?:\/[^\s?#]*)?$/.exec(uri) ?? [];
  if (!withHost.has(scheme)) return authority !== "" || scheme === "file" || scheme === "viewfs";
  const [all, port] = serverAuthority.exec(authority) ?? [];
  return all !== undefined && Number(port ?? 1) <= 65_535 && port !== "0";
}

/** WebHDFS is HTTP: data and delegation tokens cross the network in plaintext (WebHdfsFileSystem; SWebHdfsFileSystem has TLS). */
export function plaintextFileSystems(name: string, uris: readonly string[]): readonly Notice[] {
  return uris
    .filter((uri) => uri.startsWith("webhdfs://"))
    .map((uri) => ({
      level: "warning",
      where: [name],
      text: `data and tokens of ${uri} cross the network in plaintext`,
      hint: `write it as s${uri}, or use hdfs:// with HDFS_PROTECTION=privacy`,
    }));
}

/** Hadoop completes the value; the user should know to what. */
export function withoutScheme(value: string | undefined): readonly Notice[] {
  const uri = defaultFileSystem(value);
  if (value === undefined || uri === undefined || uri === value) return [];
  const hint = `set HDFS_DEFAULT_FS=${uri}`;
  return [{ level: "warning", where: [variable], text: `it has no scheme, and Hadoop takes it for ${uri}`, hint }];
}
