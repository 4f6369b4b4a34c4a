import { readdirSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { flinkHome, NotAvailable } from "../../test/support/flink-home.ts";
import { flinkVersions } from "../../test/support/flink-versions.ts";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";
import { canBecomeAnother, flinkUser, type User } from "../../testkit/user.ts";

export interface Flink {
  readonly home: string;
  readonly version: string;
}

/** FLINK_HOME, whatever version that is, else the newest from the cache or PyPI. Throws NotAvailable. */
export async function findFlink(signal: AbortSignal): Promise<Flink> {
  const own = process.env["FLINK_HOME"];
  if (own === undefined || own === "") {
    const [version] = flinkVersions;
    return { home: await flinkHome(version, { signal }), version };
  }
  const version = installedVersion(own);
  if (version !== undefined) return { home: own, version };
  throw new NotAvailable(
    `FLINK_HOME: ${own}: there is no lib/flink-dist-<version>.jar in it`,
    "correct or unset FLINK_HOME",
  );
}

function installedVersion(home: string): string | undefined {
  try {
    const names = readdirSync(join(home, "lib"));
    return names.map((name) => /^flink-dist-([\d.]+)\.jar$/.exec(name)?.[1]).find((version) => version !== undefined);
  } catch {
    return undefined;
  }
}

/** The version of Java and where it is. Throws NotAvailable when it is older than 17. */
export async function checkJava(): Promise<string> {
  const { JAVA_HOME } = process.env;
  const java = JAVA_HOME ? join(JAVA_HOME, "bin/java") : "java";
  const { stderr, failed } = await execa(java, ["-version"], { reject: false });
  const hint = "install a JDK 17 or newer, and put it on PATH or set JAVA_HOME to it";
  if (failed) throw new NotAvailable(`${java} cannot be run`, hint);
  const version = /version "([^"]*)"/.exec(stderr)?.[1] ?? "of an unknown version";
  if (!(Number.parseInt(version, 10) >= 17)) throw new NotAvailable(`${java} is ${version}`, hint);
  return `${version}, ${java}`;
}

/** As root, the user of Flink's official image, if it can read that Flink and use the system's folder; else whoever this is. */
export async function chooseUser(home: string): Promise<User | undefined> {
  if (!canBecomeAnother()) return undefined;
  using folder = temporaryFolder(flinkUser, "demo");
  const script = 'for path in "$@"; do test -r "$path" && test -x "$path" || exit 1; done';
  const paths = [folder.path, home, join(home, "lib"), join(home, "bin")];
  const { failed } = await execa("/bin/sh", ["-c", script, "sh", ...paths], { ...flinkUser, cwd: "/", reject: false });
  return failed ? undefined : flinkUser;
}
