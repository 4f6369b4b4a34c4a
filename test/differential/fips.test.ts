import { writeFileSync } from "node:fs";
import { execa } from "execa";
import { afterAll, describe, expect, it } from "vitest";
import { compileJava, jdkProgram, smallJvm } from "../../lab/java.ts";
import { mavenJars } from "../../lab/maven.ts";
import { material } from "../support/certificates.ts";
import { orSkip } from "../support/jdks.ts";
import { storePassword } from "../support/planted.ts";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

const bouncyCastle = "org.bouncycastle.jcajce.provider.BouncyCastleFipsProvider";
// SUN comes last: without it, the JVM has no java.security.SecureRandom seed generator.
const security = [bouncyCastle, "SUN", ...Array.from({ length: 11 }, () => "")];

describe("Bouncy Castle's FIPS provider", async () => {
  const jars = await orSkip("Bouncy Castle", () => mavenJars("bc-fips", ["org.bouncycastle:bc-fips:2.1.1"]));
  const classes = await orSkip("a compiler", () => compileJava("test/support/java/OpenStore.java", folder.path));

  it.skipIf(jars === undefined || classes === undefined).each([
    ["opens a PKCS#12 store that we have written", [], "opened"],
    [
      "opens none with approved algorithms only, so that the plan refuses it",
      ["-Dorg.bouncycastle.fips.approved_only=true"],
      expect.stringContaining("not available"),
    ],
  ])("%s", async (_what, options, said) => {
    writeFileSync(folder.at("store.p12"), material("leaf.keystore.p12"));
    writeFileSync(
      folder.at("java.security"),
      security.map((provider, index) => `security.provider.${index + 1}=${provider}\n`).join(""),
    );
    const { stdout } = await execa(jdkProgram("java"), [
      ...smallJvm,
      `-Djava.security.properties=${folder.at("java.security")}`,
      ...options,
      "-cp",
      `${classes}:${jars}/*`,
      "OpenStore",
      folder.at("store.p12"),
      storePassword,
    ]);
    expect(stdout.split("\n")).toEqual(["BCFIPS", said]);
  });
});
