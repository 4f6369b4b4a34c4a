import { beforeEach, describe, expect, it } from "vitest";
import { attempt, chart, missing } from "./programs.ts";
import { refusedBySchema, refusedTogether } from "./wrong-values.ts";

const why = await missing(["helm"]);

beforeEach((context) => {
  if (why !== undefined) context.skip(why);
});

function template(...settings: readonly string[]) {
  const set = settings.flatMap((setting) => ["--set", setting]);
  return attempt("helm", ["template", "flink", chart, "--kube-version=1.34.0", ...set]);
}

describe("a wrong value is refused", () => {
  it.each([...refusedBySchema, ...refusedTogether])("%s: %s", async (setting, message) => {
    const { exitCode, stdout, stderr } = await template(setting);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain(message);
  });

  it("with all others at once", async () => {
    const { stderr } = await template("mode=application", "kafka.kerberos=true", "storage.claim.create=false");
    expect(stderr).toContain("3 invalid values:");
    for (const part of ["job.className:", "kafka.kerberos:", "storage:"]) expect(stderr).toContain(`  ${part}`);
  });

  it("without being repeated where it might be a secret", async () => {
    const { stderr } = await template("flinkConfiguration.s3\\.secret-key=hunter2");
    expect(stderr).not.toContain("hunter2");
  });
});

describe("sealed state", () => {
  it("is turned on by Sluice's own variables, in every container that runs Flink", async () => {
    const { stdout } = await template("state.sealed.enabled=true", "state.sealed.keySecret=flink-state-keys");
    const count = (...lines: readonly string[]) => stdout.split(new RegExp(lines.join(String.raw`\n +`))).length - 1;
    const containers = count("- name: FLINK_SSL_INTERNAL_ENABLED");
    expect(containers).toBeGreaterThan(1);
    expect(count("- name: SEALED_STATE_ENABLED", 'value: "true"')).toBe(containers);
    expect(count("- name: sealed-state", "mountPath: /certs/sealed-state", "readOnly: true")).toBe(containers);
    expect(stdout).toContain("execution.checkpointing.dir: sealed+file:///flink/state/checkpoints");
  });
});
