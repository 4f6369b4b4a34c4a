import { readdirSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { flinkHome, NotAvailable } from "../../test/support/flink-home.ts";
import { flinkVersions } from "../../test/support/flink-versions.ts";
import { canBecomeAnother, flinkUser, type User } from "../../test/support/user.ts";

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

/** Throws NotAvailable without a JDK of 17 or newer, and a way to compile. */
export async function checkJava(): Promise<string> {
  const { JAVA_HOME } = process.env;
  const java = JAVA_HOME ? join(JAVA_HOME, "bin/java") : "java";
  const { stderr, failed } = await execa(java, ["-version"], { reject: false });
  const hint = "install a JDK 17 or newer, and put it on PATH or set JAVA_HOME to it";
  if (failed) throw new NotAvailable(`${java} cannot be run`, hint);
  const release = /version "(\d+)[^"]*"/.exec(stderr);
  if (Number(release?.[1]) < 17) throw new NotAvailable(`${java} is ${release?.[0] ?? "too old"}`, hint);
  return `${java} ${release?.[0] ?? ""}`;
}

/** As root, the user of Flink's official image, if it can read what it needs; else whoever runs the demo. */
export async function chooseUser(paths: readonly string[]): Promise<User | undefined> {
  if (!canBecomeAnother()) return undefined;
  const script = 'for path in "$@"; do test -r "$path" && test -x "$path" || exit 1; done';
  const { failed } = await execa("/bin/sh", ["-c", script, "sh", ...paths], { ...flinkUser, cwd: "/", reject: false });
  return failed ? undefined : flinkUser;
}
