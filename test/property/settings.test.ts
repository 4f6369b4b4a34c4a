import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { launcher } from "../../src/flink/launcher.ts";
import { roleOf } from "../../src/flink/recognise-command.ts";
import { makePlan } from "../../src/core/plan/make-plan.ts";
import { planJson } from "../../src/core/plan/plan-json.ts";
import { printPlan } from "../../src/core/plan/print-plan.ts";
import { features } from "../../src/features/index.ts";
import { FormatError } from "../../src/formats/format-error.ts";
import { materialise } from "../../src/shell/run-dir/materialise.ts";
import { CaseRoot } from "../support/case-root.ts";
import { caseSystem, goldenSeed } from "../support/case-system.ts";
import { material } from "../support/certificates.ts";
import { planted, storePassword } from "../support/planted.ts";
import { randomCommand, randomEnvironment } from "../support/random-environment.ts";
import { stderrOf } from "../support/run-case.ts";

const materials = {
  "/certs/internal/tls.crt": "ec.crt",
  "/certs/internal/tls.key": "ec.encrypted.key",
  "/certs/rest/keystore.p12": "leaf.keystore.p12",
  "/certs/rest/truststore.p12": "ca.truststore.p12",
  "/certs/kafka/ca.crt": "kafka+ca.crt",
  "/certs/broken/tls.crt": "ec.crt unclosed",
  "/certs/broken/tls.key": "other.key",
  "/certs/broken/ca.p7b": "ca.p7b half",
  "/opt/java/lib/security/cacerts": "jdk.cacerts.jks",
};

const texts = {
  "/opt/flink/conf/config.yaml": `s3.secret-key: ${planted}-in-config-yaml\njobmanager.memory.process.size: 1600m\ntaskmanager.memory.process.size: 1728m\n`,
  "/opt/flink/lib/flink-dist-2.3.0.jar": "",
  "/opt/flink/opt/flink-s3-fs-hadoop-2.3.0.jar": "",
  "/opt/java/bin/java": "",
  "/etc/flink/properties": `rest.port: 8082\ns3.secret-key: ${planted}-in-a-properties-file\n`,
  "/etc/flink/binary": "\u0000\u00FF\u007FELF",
  "/etc/password": storePassword,
};

const root = new CaseRoot({
  name: "random",
  folder: "/nowhere",
  environment: {},
  options: { bytes: { ...texts, ...latin1(materials) }, directories: ["/certs/empty"], fifos: ["/etc/fifo"] },
});
afterAll(() => root[Symbol.dispose]());

describe("any environment", () => {
  it("comes to a plan or to problems with hints, and shows no secret", () => {
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(randomEnvironment, randomCommand, (environment, command) => {
        const system = caseSystem(root, environment, {});
        const planned = makePlan({
          command,
          environment,
          features,
          system,
          launch: launcher(system, environment),
          roleOf,
        });
        outcomes.add(planned.kind);
        const problems = planned.kind === "problems" ? planned.problems : [];
        const files = planned.kind === "plan" ? planned.plan.files : [];
        const printed = [stderrOf(planned), planJson(planned), planned.kind === "plan" ? printPlan(planned.plan) : ""];
        for (const { path, content } of files) ignoringFormat(() => materialise(path, content, () => goldenSeed));
        expect(problems.length > 0).toBe(planned.kind === "problems");
        expect(problems.filter(({ hint, code, text }) => hint === "" || code === "" || text === "")).toEqual([]);
        expect(printed.filter((output) => output.includes(planted))).toEqual([]);
      }),
      { numRuns: 400 },
    );
    expect([...outcomes].toSorted()).toEqual(["plan", "problems"]);
  });
});

function latin1(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const read = (name: string) => Buffer.from(material(name)).toString("latin1");
  return Object.fromEntries(Object.entries(files).map(([path, name]) => [path, read(name)]));
}

/** A secret that a file's format cannot say is found when it is opened: see src/cli/run/run.ts. */
function ignoringFormat(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
}
