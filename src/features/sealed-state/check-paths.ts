import type { MergedFlinkConf } from "../../core/feature/feature.ts";
import type { Finding } from "../../core/findings/findings.ts";
import type { Problem } from "../../core/findings/problem.ts";
import { Secret } from "../../secret.ts";
import type { System } from "../../core/system/system.ts";
import { remoteShuffleKey, sealedPathKeys } from "./path-keys.ts";
import { sealedStateProblems } from "./problems.ts";

const { problem } = sealedStateProblems;

/** What can follow `sealed+` (java/sealed-filesystem, META-INF/services). */
const schemes = ["file", "hdfs", "s3", "s3a", "s3p", "gs", "abfs", "abfss", "oss"];

/** Words that ForSt takes for a path: of a dir that is checked itself, and of one on the TaskManager. */
const forstWords = ["checkpoint-dir", "local"];

/** A problem for each place that is not sealed, and for what the plugin cannot do. Never changes a path. */
export function checkPaths(conf: MergedFlinkConf, system: System): readonly Finding[] {
  const set = sealedPathKeys.filter((key) => conf.has(key));
  const sealed = set.flatMap((key) => checkKey(key, conf, system));
  const nothing: Finding = {
    level: "warning",
    where: ["SEALED_STATE_ENABLED"],
    text: "no checkpoints, savepoints or storage of high availability are configured: nothing is encrypted",
    hint: "set execution.checkpointing.dir to sealed+<scheme>://…",
  };
  return [
    ...(set.length === 0 ? [nothing] : sealed),
    ...fileMerging(conf),
    ...batchRecovery(conf),
    ...remoteShuffle(conf),
    ...plaintext(conf),
  ];
}

function checkKey(key: string, conf: MergedFlinkConf, system: System): readonly Problem[] {
  const entry = conf.get(key);
  if (entry === undefined) return [];
  const where = [entry.owner, key];
  if (entry.value instanceof Secret) {
    const hint = `write it as ${key}: sealed+<scheme>://…`;
    return system.secretMatches(entry.value, /^\s*sealed\+/)
      ? []
      : [problem("not-sealed", where, "it is not encrypted", hint)];
  }
  // Of these keys, only the history server's takes several paths.
  const written = key === "historyserver.archive.fs.dir" ? entry.value.split(",") : [entry.value];
  const paths = written.map((path) => path.trim());
  if (key === "state.backend.forst.primary-dir" && forstWords.includes(entry.value)) return [];
  const unknown = paths.find((path) => path.startsWith("sealed+") && !schemes.includes(schemeOf(path.slice(7)) ?? ""));
  if (unknown !== undefined) {
    const text = `there is no ${unknown.replace(/:.*/s, "")}`;
    const hint = `sealed+ goes before ${schemes.join(", ")}`;
    return [problem("unknown-scheme", where, text, hint)];
  }
  const plain = paths.filter((path) => !path.startsWith("sealed+"));
  if (plain.length === 0) return [];
  const line = paths.map((path) => (plain.includes(path) ? corrected(path, conf) : path));
  const foreign = plain.map(schemeOf).find((scheme) => scheme !== undefined && !schemes.includes(scheme));
  if (foreign !== undefined) {
    const hint = `use one that the plugin can encrypt: ${schemes.join(", ")}`;
    return [problem("not-sealed", where, `${foreign}: is not encrypted, and cannot be`, hint)];
  }
  const hint = `write it as ${key}: ${line.join(",")}`;
  return [problem("not-sealed", where, `${plain.join(", ")} is not encrypted`, hint)];
}

function schemeOf(path: string): string | undefined {
  return /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(path)?.[1]?.toLowerCase();
}

/** The corrected path. One without a scheme is on `fs.default-scheme`, or else a file. */
function corrected(path: string, conf: MergedFlinkConf): string {
  if (schemeOf(path) !== undefined) return `sealed+${path}`;
  const byDefault = String(conf.get("fs.default-scheme")?.value ?? "file://").replace(/\/+$/, "");
  return `sealed+${byDefault === "file:" ? "file://" : byDefault}${path.startsWith("/") ? "" : "/"}${path}`;
}

function isTrue(conf: MergedFlinkConf, key: string): boolean {
  return String(conf.get(key)?.value).toLowerCase() === "true";
}

function fileMerging(conf: MergedFlinkConf): readonly Problem[] {
  const key = "execution.checkpointing.file-merging.enabled";
  if (!isTrue(conf, key)) return [];
  const text = "file merging appends to files that are already sealed, so checkpoints would fail";
  return [problem("file-merging", [conf.get(key)?.owner ?? "", key], text, `set ${key}: false`)];
}

function batchRecovery(conf: MergedFlinkConf): readonly Problem[] {
  const key = "execution.batch.job-recovery.enabled";
  const mode = String((conf.get("high-availability.type") ?? conf.get("high-availability"))?.value ?? "NONE");
  if (!isTrue(conf, key) || mode.toUpperCase() === "NONE") return [];
  const text = "the event log in high-availability.storageDir grows after it was sealed, so batch jobs would fail";
  return [problem("batch-recovery", [conf.get(key)?.owner ?? "", key], text, `set ${key}: false`)];
}

function remoteShuffle(conf: MergedFlinkConf): readonly Finding[] {
  const entry = conf.get(remoteShuffleKey);
  if (entry === undefined) return [];
  const text = "tasks of batch jobs write the records that they exchange there unencrypted";
  const hint = `unset ${remoteShuffleKey}, or use storage that is encrypted itself`;
  return [{ level: "warning", where: [entry.owner, remoteShuffleKey], text, hint }];
}

function plaintext(conf: MergedFlinkConf): readonly Finding[] {
  const key = "sealed.read-plaintext";
  if (!isTrue(conf, key)) return [];
  const text = "unencrypted files are read: anyone who can write to the storage can put them there";
  return [{ level: "warning", where: [conf.get(key)?.owner ?? "", key], text, hint: "remove it after the migration" }];
}
