import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { NotAvailable } from "../test/support/flink-home.ts";
import { withProgress } from "../test/support/progress.ts";

const packages = ["krb5-kdc", "krb5-admin-server", "krb5-user"];
const names = ["krb5kdc", "kdb5_util", "kadmin.local", "kinit", "klist", "kvno"] as const;

/** MIT Kerberos' programs by their names, each with its path. */
export type Krb5Programs = Readonly<Record<(typeof names)[number], string>>;

/**
 * Finds MIT Kerberos, and installs Debian's packages where root has none.
 * @throws NotAvailable where that cannot be.
 */
export async function krb5Programs(): Promise<Krb5Programs> {
  const found = findAll();
  if (found !== undefined) return found;
  const hint = `have root run: apt-get install --no-install-recommends ${packages.join(" ")}`;
  if (process.getuid?.() !== 0) throw new NotAvailable("MIT Kerberos is not installed", hint);
  await withProgress("installing MIT Kerberos (apt-get)", async () => {
    const first = await aptGet("install", "--no-install-recommends", ...packages);
    if (!first.failed) return;
    await aptGet("update");
    const second = await aptGet("install", "--no-install-recommends", ...packages);
    if (second.failed) throw new NotAvailable(`MIT Kerberos cannot be installed: ${second.stderr}`, hint);
  });
  const installed = findAll();
  if (installed === undefined) throw new NotAvailable("Debian's packages lack programs of MIT Kerberos", hint);
  return installed;
}

function aptGet(...args: readonly string[]) {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  return execa("apt-get", ["--yes", "--quiet", ...args], { env, stdin: "ignore", reject: false });
}

/** Servers are in sbin, which is not on everybody's PATH. */
function findAll(): Krb5Programs | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  const paths = names.map((name) => folders.map((folder) => join(folder, name)).find((path) => existsSync(path)));
  if (paths.includes(undefined)) return undefined;
  return Object.fromEntries(names.map((name, index) => [name, paths[index]])) as Krb5Programs;
}
