import { hash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, symlinkSync, unlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkCertificates } from "../../../src/cli/health/certificates.ts";
import type { ClusterRecord } from "../../../src/core/plan/start-record.ts";
import { certificateDetails, readCertificates } from "../../../src/formats/x509/certificate.ts";
import { certificateFor, type CertificateFiles, mountFiles } from "../../support/renewed-certificates.ts";
import { type TemporaryFolder, temporaryFolder } from "../../../testkit/temporary-folder.ts";

const hour = 3600;
type Side = "internal" | "rest";

/** A Secret as kubelet mounts it: the files are links into a folder that another link names. */
function mountSecret(folder: string, version: string, files: CertificateFiles, ago = 10): void {
  mkdirSync(join(folder, `..${version}`), { recursive: true });
  mountFiles(join(folder, `..${version}`), files, ago);
  symlinkSync(`..${version}`, join(folder, "..next"));
  renameSync(join(folder, "..next"), join(folder, "..data"));
  if (version !== "1") return;
  for (const name of files.keys()) symlinkSync(join("..data", name), join(folder, name));
}

/** Mounts a certificate for each side, and records that they are in use. */
function start(folder: TemporaryFolder, role: ClusterRecord["role"], until = hour): ClusterRecord {
  const certificates = (["internal", "rest"] as const).map((side: Side) => {
    const files = certificateFor(`flink.${side}`, -hour, until);
    mountSecret(folder.at(side), "1", files);
    const [certificate] = readCertificates(files.get("tls.crt") ?? new Uint8Array());
    if (certificate === undefined) throw new Error("no certificate was made");
    const source = folder.at(side, "tls.crt");
    return {
      side,
      source,
      sourceSha256: hash("sha256", readFileSync(source)),
      sha256: certificate.sha256,
      notBefore: certificate.notBefore.toISOString(),
      notAfter: certificate.notAfter.toISOString(),
      selfSigned: certificateDetails(certificate).selfSigned,
    };
  });
  const environment = { set: {}, unset: [] };
  return { version: 1, role, pid: 1, startTime: 1, flinkVersion: "2.3.0", environment, certificates };
}

function check(folder: TemporaryFolder, record: ClusterRecord, more: Readonly<Record<string, string>> = {}) {
  mkdirSync(folder.at("flink", "conf"), { recursive: true });
  return checkCertificates(record, {
    FLINK_HOME: folder.at("flink"),
    SLUICE_RUN_DIR: folder.at("run"),
    FLINK_SSL_INTERNAL_ENABLED: "true",
    FLINK_SSL_INTERNAL_DIR: folder.at("internal"),
    FLINK_SSL_REST_ENABLED: "true",
    FLINK_SSL_REST_DIR: folder.at("rest"),
    ...more,
  });
}

describe("checkCertificates", () => {
  it("has nothing to say as long as nothing else is mounted", () => {
    using folder = temporaryFolder();
    expect(check(folder, start(folder, "jobmanager"))).toBeUndefined();
  });

  it.each([
    ["jobmanager", "internal", false],
    ["jobmanager", "rest", false],
    ["taskmanager", "internal", false],
    ["taskmanager", "rest", undefined],
  ] as const)("%s: sees that kubelet has mounted another Secret: %s", (role, side, healthy) => {
    using folder = temporaryFolder();
    const record = start(folder, role);
    mountSecret(folder.at(side), "2", certificateFor(`flink.${side}`, 0, hour));
    expect(check(folder, record)?.healthy).toBe(healthy);
  });

  it("does not wait for ever for a file that is from the future", () => {
    using folder = temporaryFolder();
    const record = start(folder, "taskmanager");
    mountSecret(folder.at("internal"), "2", certificateFor("flink.internal", 0, hour), -10 * hour);
    const verdict = check(folder, record, { SLUICE_HEALTH_SPREAD: "600" });
    expect(verdict?.text).toMatch(/newer certificate than the one in use; a restart takes it$/);
    expect(verdict?.healthy).toBe(false);
  });

  it("counts the wait from when the file was mounted", () => {
    using folder = temporaryFolder();
    const record = start(folder, "taskmanager");
    mountSecret(folder.at("internal"), "2", certificateFor("flink.internal", 0, hour), 0);
    const path = folder.at("internal", "..2", "tls.crt");
    const left = (ago: number) => {
      const at = new Date(Date.now() - ago * 1000);
      utimesSync(path, at, at);
      const verdict = check(folder, record, { SLUICE_HEALTH_SPREAD: "999999" });
      return Number(/to be restarted in (\d+) s$/.exec(verdict?.text ?? "")?.[1] ?? 0);
    };
    expect(left(0) - left(500)).toBeGreaterThan(400);
    expect(left(1_000_000)).toBe(0);
  });

  it("says that a restart would not help when the Secret is gone", () => {
    using folder = temporaryFolder();
    const record = start(folder, "taskmanager");
    unlinkSync(folder.at("internal", "..data"));
    const verdict = check(folder, record);
    expect(verdict?.text).toMatch(/^a restart would not help: FLINK_SSL_INTERNAL_DIR: /);
    expect(verdict?.healthy).toBe(true);
  });

  it("says that a restart would not help when something else has become wrong", () => {
    using folder = temporaryFolder();
    const record = start(folder, "taskmanager");
    mountSecret(folder.at("internal"), "2", certificateFor("flink.internal", 0, hour));
    const verdict = check(folder, record, { KAFKA_SSL_ENABLED: "true", KAFKA_SSL_CA_DIR: folder.at("gone") });
    expect(verdict).toMatchObject({ healthy: true, text: expect.stringContaining("a restart would not help: ") });
  });

  it("says what has expired, and restarts for whatever is valid in its place", () => {
    using folder = temporaryFolder();
    const record = start(folder, "taskmanager", -1);
    const verdict = check(folder, record);
    expect(verdict).toMatchObject({
      healthy: true,
      text: expect.stringMatching(/tls\.crt expired on .* in its place$/),
    });
    mountSecret(folder.at("internal"), "2", certificateFor("flink.internal", -2 * hour, hour));
    mountSecret(folder.at("rest"), "2", certificateFor("flink.rest", -2 * hour, hour));
    expect(check(folder, record)).toMatchObject({ healthy: false, text: expect.stringContaining("which has expired") });
  });
});
