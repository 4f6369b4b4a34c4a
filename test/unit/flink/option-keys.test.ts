import { describe, expect, it } from "vitest";
import { suggestKey } from "../../../src/flink/option-keys.ts";

describe("suggestKey", () => {
  it.each([
    ["jobmanager.rpc.address", "2.3.0"],
    ["state.backend", "2.3.0"],
    ["env.java.opts", "2.3.0"],
    ["security.ssl.enabled", "1.20.5"],
    ["security.ssl.rest.verify-hostname", "2.3.0"],
    ["query.server.port", "2.3.0"],
    ["metrics.reporter.prom.port", "2.3.0"],
    ["kubernetes.jobmanager.labels.team", "2.2.1"],
    ["s3.path-style-access", "2.3.0"],
    ["flink.hadoop.fs.s3a.x", "1.20.5"],
    ["my-job.threshold", "2.3.0"],
  ])("knows %s in %s", (key, version) => {
    expect(suggestKey(key, version)).toEqual({ known: true });
  });

  it.each([
    ["jobmanger.rpc.adress", "2.3.0", "jobmanager.rpc.address"],
    ["taskmanager.numberoftaskslots", "2.3.0", "taskmanager.numberOfTaskSlots"],
    ["security.ssl.internal.enable", "1.20.5", "security.ssl.internal.enabled"],
    ["taskmanger.memory.process.size", "9.9.9", "taskmanager.memory.process.size"],
  ])("takes %s in %s for %s", (key, version, suggestion) => {
    expect(suggestKey(key, version)).toEqual({ known: false, suggestion });
  });

  it.each([
    ["security.ssl.enabled", "2.3.0"],
    ["security.ssl.rest.verify-hostname", "2.2.9"],
    ["jobmanager.something.else", "2.3.0"],
  ])("does not know %s in %s, nor anything like it", (key, version) => {
    expect(suggestKey(key, version)).toEqual({ known: false });
  });
});
