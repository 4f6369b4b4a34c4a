import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runSluice } from "../../support/run-sluice.ts";
import { sluiceCommand } from "../../support/sluice-command.ts";
import { checkIn, itFinds } from "./fault.ts";
import { kdcFaults } from "./kdc-faults.ts";
import { KerberosLab } from "./kerberos-lab.ts";

/** What a terminal takes for: go to the start of the line, and clear it. */
const clearLine = "\r\u001b[K";

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

  it("shows progress on a terminal, from the third second on, and takes it away again", async () => {
    lab.kdc.process?.pause();
    const [node, script] = await sluiceCommand(undefined);
    const terminal = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)";
    const command = ["-c", terminal, node, script, "check", "true"];
    const { exitCode, stdout } = await execa("python3", command, { env: lab.env(), reject: false });
    lab.kdc.process?.resume();
    const [, shown = "", ...rest] = stdout.split(clearLine);
    expect(shown).toMatch(/^checking over the network … \d s$/);
    expect(rest.at(-1)).not.toContain("checking");
    expect(stdout).toContain("[kdc/silent]");
    expect(exitCode).toBe(69);
  });

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
