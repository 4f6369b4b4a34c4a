import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { leaveRoot } from "../../../src/shell/process/leave-root.ts";
import { temporaryFolder } from "../../../testkit/temporary-folder.ts";
import { canBecomeAnother, unknownUser } from "../../../testkit/user.ts";

const module = join(import.meta.dirname, "../../../src/shell/process/leave-root.ts");
const passwd = "root:x:0:0:root:/root:/bin/bash\nflink:x:9999:4242::/opt/flink:/bin/sh\n";

/** Leaves root in a process of its own, which says who it is then. */
async function leave(passwdText: string, user: { uid?: number; gid?: number } = {}) {
  using folder = temporaryFolder();
  writeFileSync(folder.at("passwd"), passwdText, { mode: 0o644 });
  writeFileSync(folder.at("group"), "root:x:0:root\nflink:x:4242:\nstaff:x:50:me,flink\nother:x:51:flinker\n", {
    mode: 0o644,
  });
  const script = `
    const { leaveRoot } = await import(process.env.MODULE);
    const { uid, gid } = JSON.parse(process.env.BECOME);
    if (uid !== undefined) { process.setgroups([]); process.setgid(gid); process.setuid(uid); }
    const { environment, notices } = leaveRoot({ HOME: "/root", A: "1" }, ${JSON.stringify(folder.path)});
    const { getuid, geteuid, getgid, getegid, getgroups } = process;
    console.log(JSON.stringify({ ids: [getuid(), geteuid(), getgid(), getegid()], groups: getgroups().sort((a, b) => a - b), environment, notices }));`;
  const env = { MODULE: module, BECOME: JSON.stringify(user) };
  const { stdout } = await execa(process.execPath, ["--input-type=module", "-e", script], { env, cwd: "/" });
  return JSON.parse(stdout) as unknown;
}

describe("leaveRoot", () => {
  it("becomes flink with its groups and home, and nothing of root's stays", async (context) => {
    if (!canBecomeAnother()) context.skip("only root can become another user");
    expect(await leave(passwd)).toEqual({
      ids: [9999, 9999, 4242, 4242],
      groups: [50, 4242],
      environment: { HOME: "/opt/flink", A: "1" },
      notices: [],
    });
  });

  it.each([
    ["there is no user flink", "root:x:0:0:root:/root:/bin/bash\n"],
    ["flink is another user than the image's", "flink:x:1000:1000::/home/flink:/bin/sh\n"],
  ])("stays root where %s", async (_where, text) => {
    const before = process.getuid?.();
    expect(await leave(text)).toMatchObject({ ids: expect.arrayContaining([before]), environment: { HOME: "/root" } });
  });

  it("leaves everybody else who they are", async (context) => {
    if (!canBecomeAnother()) context.skip("only root can start a process as another user");
    expect(await leave(passwd, unknownUser)).toMatchObject({
      ids: [unknownUser.uid, unknownUser.uid, unknownUser.gid, unknownUser.gid],
      environment: { HOME: "/root" },
      notices: [],
    });
  });

  it("reads a passwd that is not there as one without the user", () => {
    const environment = { HOME: "/root" };
    expect(leaveRoot(environment, "/nowhere")).toEqual({ environment, notices: [] });
  });
});
