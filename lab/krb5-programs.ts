import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { cachedFolder } from "../test/support/cached-folder.ts";
import { cacheFolder, NotAvailable } from "../test/support/flink-home.ts";
import { withProgress } from "../test/support/progress.ts";

const packages = ["krb5-kdc", "krb5-admin-server", "krb5-user"];
const libraries =
  "libcom-err2 libev4 libgssapi-krb5-2 libgssrpc4 libk5crypto3 libkadm5clnt-mit12 libkadm5srv-mit12 libkdb5-10 libkeyutils1 libkrb5-3 libkrb5support0 libss2 libverto-libev1 libverto1".split(
    " ",
  );
const names = ["krb5kdc", "kdb5_util", "kadmin.local", "kinit", "klist", "kvno"] as const;

/** MIT Kerberos' programs by their names, each with its path. */
export type Krb5Programs = Readonly<Record<(typeof names)[number], string>> & {
  /** Where its database module is, if not where it looks. */
  readonly databaseModules?: string;
};

/**
 * Finds MIT Kerberos. Where there is none, root installs Debian's packages, and anybody else unpacks them in the cache.
 * @throws NotAvailable where neither can be.
 */
export async function krb5Programs(): Promise<Krb5Programs> {
  const found = findAll();
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0) return unpackedKrb5Programs();
  await withProgress("installing MIT Kerberos (apt-get)", async () => {
    const command = ["install", "--no-install-recommends", ...packages];
    const first = await aptGet(command);
    if (!first.failed) return;
    await aptGet(["update"]);
    const second = await aptGet(command);
    if (second.failed) throw notAvailable(second.stderr);
  });
  const installed = findAll();
  if (installed === undefined) throw notAvailable("Debian's packages lack some of its programs");
  return installed;
}

/** MIT Kerberos from Debian's packages, unpacked in the cache: nothing is installed, and nobody need be root. */
export async function unpackedKrb5Programs(): Promise<Krb5Programs> {
  const isWhole = (folder: string) => existsSync(folder);
  const home = await cachedFolder(cacheFolder(process.env), "krb5-debian", isWhole, async (work) => {
    await withProgress("fetching MIT Kerberos from Debian", async () => {
      const { failed, stderr } = await aptGet(["download", ...packages, ...libraries], work);
      if (failed) throw notAvailable(stderr);
      const files = readdirSync(work).filter((name) => name.endsWith(".deb"));
      for (const file of files) await execa("dpkg", ["-x", join(work, file), join(work, "krb5")]);
    });
    mkdirSync(join(work, "krb5/run"));
    const system = libraryFolder(join(work, "krb5"));
    for (const name of names) {
      const folder = ["usr/sbin", "usr/bin"].find((each) => existsSync(join(work, "krb5", each, name)));
      const path = `LD_LIBRARY_PATH="$root/usr/lib/${system}:$root/lib/${system}"`;
      const line = `root=$(dirname "$(dirname "$0")"); ${path} exec "$root/${folder}/${name}" "$@"`;
      writeFileSync(join(work, "krb5/run", name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
    }
    return join(work, "krb5");
  });
  const paths = Object.fromEntries(names.map((name) => [name, join(home, "run", name)]));
  const databaseModules = join(home, "usr/lib", libraryFolder(home), "krb5/plugins/kdb");
  return { ...paths, databaseModules } as Krb5Programs;
}

/** The folder of this architecture's libraries, such as `x86_64-linux-gnu`. */
function libraryFolder(root: string): string {
  return readdirSync(join(root, "usr/lib")).find((name) => name.includes("-linux-gnu")) ?? "";
}

async function aptGet(
  args: readonly string[],
  cwd = "/",
): Promise<{ readonly failed: boolean; readonly stderr: string }> {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const options = { env, cwd, stdin: "ignore", reject: false } as const;
  const { failed, stderr, originalMessage = "" } = await execa("apt-get", ["--yes", "--quiet", ...args], options);
  return { failed, stderr: stderr || originalMessage };
}

function notAvailable(why: string): NotAvailable {
  const hint = `have root run: apt-get install --no-install-recommends ${packages.join(" ")}`;
  return new NotAvailable(`there is no MIT Kerberos, and it cannot be fetched: ${why}`, hint);
}

/** Servers are in sbin, which is not on everybody's PATH. */
function findAll(): Krb5Programs | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  const paths = names.map((name) => folders.map((folder) => join(folder, name)).find((path) => existsSync(path)));
  if (paths.includes(undefined)) return undefined;
  return Object.fromEntries(names.map((name, index) => [name, paths[index]])) as Krb5Programs;
}
