import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { runSluice } from "../../support/run-sluice.ts";
import { temporaryFolder } from "../../../testkit/temporary-folder.ts";
import { writeKeytab } from "../../support/keytabs.ts";

const schema: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "../../../docs/check.schema.json"), "utf8"));
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema as object);

describe("sluice check", () => {
  it("looks at its own name only where nothing else is to be tried, and writes nothing", async () => {
    using folder = temporaryFolder();
    const { exitCode, stdout, stderr } = await runSluice(["check", "true"], {
      env: { SLUICE_RUN_DIR: folder.at("run") },
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/no errors(, 1 warning)?; 1 check in \d+\.\d s; nothing was written\n$/);
    expect(existsSync(folder.at("run"))).toBe(false);
  });

  it("says what is wrong with the settings, and tries the rest all the same", async () => {
    using folder = temporaryFolder();
    const keytab = folder.at("keytab");
    writeFileSync(keytab, writeKeytab([{ principal: "flink@CORP", kvno: 1, encryptionType: 23 }]));
    const env = {
      KERBEROS_ENABLED: "true",
      KERBEROS_REALM: "CORP",
      KERBEROS_KDC: "127.0.0.1:1",
      KERBEROS_KEYTAB: keytab,
    };
    const { exitCode, stdout } = await runSluice(["check", "--output=json", "true"], { env });
    const report = JSON.parse(stdout) as {
      readonly ok: boolean;
      readonly problems: readonly { readonly code: string }[];
    };
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    expect(report.ok).toBe(false);
    expect(report.problems.map(({ code }) => code)).toEqual(["kerberos/weak-keys", "kdc/refused"]);
    expect(exitCode).toBe(78);
  });

  it("reads mounts below --root", async () => {
    using folder = temporaryFolder();
    mkdirSync(folder.at("certs/kafka"), { recursive: true });
    writeFileSync(folder.at("certs/kafka/ca.crt"), "no certificate");
    const env = { KAFKA_SSL_ENABLED: "true" };
    const { exitCode, stdout } = await runSluice(["check", "--root", folder.path, "true"], { env });
    expect(stdout).toContain("[trust/bad-certificate]");
    expect(exitCode).toBe(78);
  });

  it.each([
    [["check"], "check needs a command"],
    [["check", "--nonsense=1", "true"], "check has no option --nonsense"],
  ])("%j is wrong usage", async (args, text) => {
    const { exitCode, stderr } = await runSluice(args);
    expect(stderr).toContain(text);
    expect(exitCode).toBe(64);
  });

  it("takes no other word for SLUICE_PREFLIGHT", async () => {
    const { exitCode, stderr } = await runSluice(["run", "true"], { env: { SLUICE_PREFLIGHT: "net" } });
    expect(stderr).toContain('SLUICE_PREFLIGHT: "net" is not files or network');
    expect(exitCode).toBe(78);
  });
});
