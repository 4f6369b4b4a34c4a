import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runSluice } from "../../support/run-sluice.ts";
import { checkIn, itFinds } from "./fault.ts";
import { kdcFaults } from "./kdc-faults.ts";
import { KerberosLab } from "./kerberos-lab.ts";

describe("sluice check and a real KDC", () => {
  let lab: KerberosLab;
  beforeAll(async () => {
    lab = await KerberosLab.start();
  });
  afterAll(async () => lab?.stop());

  it("finds nothing where all is well", async () => {
    const { exitCode, report } = await checkIn(lab.env());
    expect(report.problems).toEqual([]);
    expect(report.notices.map(({ text }) => text)).toContain(
      `flink@${lab.kdc.realm} has logged in, with a ticket for 10 h`,
    );
    expect(exitCode).toBe(0);
  });

  itFinds(kdcFaults, () => lab);

  it("keeps sluice run from starting where it is told to look, and not otherwise", async () => {
    await lab.kdc.pause();
    const command = ["run", "echo", "started"];
    const looking = await runSluice(command, { env: lab.env({ SLUICE_PREFLIGHT: "network" }) });
    const trusting = await runSluice(command, { env: lab.env({ SLUICE_RUN_DIR: lab.folder.at("other-run") }) });
    await lab.kdc.resume();
    expect(looking).toMatchObject({ exitCode: 69, stdout: "" });
    expect(looking.stderr).toContain("[kdc/refused]");
    expect(looking.stderr).toMatch(/\nsluice: 1 error; nothing was written\n$/);
    expect(trusting).toMatchObject({ exitCode: 0, stdout: "started\n" });
    const well = await runSluice(command, { env: lab.env({ SLUICE_PREFLIGHT: "network" }) });
    expect(well).toMatchObject({ exitCode: 0, stdout: "started\n" });
  });
});
