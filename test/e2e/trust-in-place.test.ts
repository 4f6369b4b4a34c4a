import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { material } from "../support/certificates.ts";
import { type Jdk, jdks } from "../support/jdks.ts";
import { runSluice } from "../support/run-sluice.ts";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";
import { canBecomeAnother, flinkUser } from "../../testkit/user.ts";

const user = canBecomeAnother() ? flinkUser : undefined;
const authorities = { "root.crt": "ca.crt", "kafka.pem": "kafka.crt", "bundle.crt": "ca+hdfs+corp.crt" };
const aliases = ["kafka-corporate-root", "kafka-example-ca", "kafka-hdfs-ca", "kafka-kafka-ca"];

/** A JAVA_HOME with this JDK's certificates, in a folder of the user's or of somebody else's. */
function javaHome(folder: TemporaryFolder, jdk: Jdk, isFolderOurs: boolean): string {
  const security = folder.at("java", "lib", "security");
  mkdirSync(security, { recursive: true });
  const store = join(security, isFolderOurs ? "cacerts" : "cacerts.real");
  copyFileSync(join(jdk.home, "lib", "security", "cacerts"), store);
  chmodSync(store, 0o644);
  // As Debian has it.
  if (!isFolderOurs) symlinkSync(store, join(security, "cacerts"));
  if (user !== undefined) {
    chownSync(store, user.uid, user.gid);
    if (isFolderOurs) chownSync(security, user.uid, user.gid);
  }
  return folder.at("java");
}

async function trusted(jdk: Jdk, store: string): Promise<readonly string[]> {
  const { stdout } = await execa(join(jdk.home, "bin", "keytool"), [
    "-list",
    "-keystore",
    store,
    "-storepass",
    "changeit",
  ]);
  return [...stdout.matchAll(/^(.+), \w+ \d+, \d+, trustedCertEntry/gm)].map((match) => match[1] ?? "");
}

describe.each(await jdks())("TRUST_IN_PLACE on the certificates of JDK $version", (jdk) => {
  it.each([
    ["in a folder that the user may write", true],
    ["behind a link, in a folder that only holds a file of the user's", false],
  ])("adds one readable alias for each certificate, and nothing the second time, %s", async (_where, isFolderOurs) => {
    using folder = temporaryFolder(user);
    const home = javaHome(folder, jdk, isFolderOurs);
    const store = join(home, "lib", "security", "cacerts");
    mkdirSync(folder.at("authorities"));
    for (const [name, source] of Object.entries(authorities))
      writeFileSync(folder.at("authorities", name), material(source));
    const env = {
      JAVA_HOME: home,
      SLUICE_RUN_DIR: folder.at("run"),
      TRUST_IN_PLACE: "true",
      KAFKA_SSL_ENABLED: "true",
      KAFKA_SSL_CA_DIR: folder.at("authorities"),
    };
    const before = await trusted(jdk, store);

    expect(await runSluice(["run", "true"], { env, user })).toMatchObject({ exitCode: 0 });
    const after = await trusted(jdk, store);
    expect(after.filter((alias) => !before.includes(alias)).toSorted()).toEqual(aliases);
    expect(after).toHaveLength(before.length + aliases.length);

    const { mtimeMs, ino } = statSync(store);
    const bytes = readFileSync(store);
    expect(await runSluice(["run", "true"], { env, user })).toMatchObject({ exitCode: 0 });
    expect(statSync(store)).toMatchObject({ mtimeMs, ino });
    expect(readFileSync(store).equals(bytes)).toBe(true);
  });
});
