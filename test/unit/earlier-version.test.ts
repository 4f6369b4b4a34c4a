import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { clusterRoles } from "../../src/core/plan/run-dir.ts";
import { readStartRecord } from "../../src/core/plan/start-record.ts";
import { processFacts } from "../../src/shell/process/process-facts.ts";
import { findStarts } from "../../src/shell/run-dir/start-record.ts";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";

const root = join(import.meta.dirname, "../..");
const fixtures = join(root, "test/fixtures/0.1.0");

function validator(schema: string) {
  const text = readFileSync(join(root, schema), "utf8");
  return new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true }).compile(
    JSON.parse(text) as object,
  );
}

describe.each(clusterRoles)("the start record of a %s of 0.1.0", (role) => {
  const text = readFileSync(join(fixtures, `${role}.json`), "utf8");

  it("is read with all that a probe and a command need", () => {
    expect(readStartRecord(text)).toMatchObject({
      role,
      flinkVersion: "2.3.0",
      environment: {
        set: { FLINK_HOME: "/opt/flink", FLINK_CONF_DIR: `/run/sluice-${role}/conf` },
        unset: ["FLINK_PROPERTIES"],
      },
      certificates: [
        { side: "internal", source: "/run/secrets/flink-internal/tls.crt", selfSigned: true },
        { side: "rest", source: "/run/secrets/flink-rest/tls.crt", notAfter: "2036-11-28T09:39:34.000Z" },
      ],
    });
  });

  it("is valid by today's schema", () => {
    const validate = validator("docs/start-record.schema.json");
    validate(JSON.parse(text));
    expect(validate.errors ?? []).toEqual([]);
  });

  describe("in its old place", () => {
    beforeEach((context) => {
      if (process.platform !== "linux") context.skip("there is no /proc on this system");
    });

    it.each([
      ["of a process that has ended", "ended"],
      ["of a process that runs", "running"],
    ] as const)("%s is found", (_what, kind) => {
      using folder = temporaryFolder();
      mkdirSync(folder.at("run"), { mode: 0o700 });
      const file = folder.at("run", `${role}.json`);
      copyFileSync(join(fixtures, `${role}.json`), file);
      if (kind === "running") {
        const facts = { pid: process.pid, startTime: processFacts(process.pid)?.startTime };
        writeFileSync(file, JSON.stringify({ ...(JSON.parse(text) as object), ...facts }));
      }
      const found = findStarts(folder.at("run"), [role], process.getuid?.() ?? 0);
      expect(found.map((each) => each.kind)).toEqual(["missing", kind]);
    });
  });
});

describe("the chart of 0.1.0", () => {
  const values = (name: string): unknown =>
    parse(
      execFileSync("tar", ["xzOf", join(fixtures, "sluice-flink-0.1.0.tgz"), `sluice-flink/${name}`], {
        encoding: "utf8",
      }),
    );

  // Helm checks a release's own values together with the chart's defaults.
  it.each(["values.yaml", "values-dev.yaml", "values-staging.yaml", "values-prod.yaml"])(
    "has %s, which today's schema accepts",
    (name) => {
      const validate = validator("deploy/chart/values.schema.json");
      validate(merged(values("values.yaml"), values(name)));
      expect(validate.errors ?? []).toEqual([]);
    },
  );
});

/** Merges as Helm does: maps key by key, anything else as a whole. */
function merged(below: unknown, above: unknown): unknown {
  if (!isMap(below) || !isMap(above)) return above;
  return Object.fromEntries(
    [...new Set([...Object.keys(below), ...Object.keys(above)])].map((key) => [
      key,
      key in above ? merged(below[key], above[key]) : below[key],
    ]),
  );
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
