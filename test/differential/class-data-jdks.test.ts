import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withClassData } from "../../src/flink/class-data.ts";
import { mainClasses } from "../../src/flink/recognise-command.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { jdks } from "../support/jdks.ts";
import { type TemporaryFolder, temporaryFolder } from "../../testkit/temporary-folder.ts";

const all = await jdks();
const folder: TemporaryFolder = temporaryFolder();
const archive = join(folder.path, "cds", "jobmanager.jsa");

describe.skipIf(all.length === 0)("an archive that does not fit", () => {
  const options = optionsFor(archive);
  const files: Record<string, string> = {};

  beforeAll(async () => {
    for (const [name, content] of [
      ["empty", ""],
      ["garbage", "no archive ".repeat(10_000)],
    ] as const) {
      files[name] = folder.at(name);
      writeFileSync(folder.at(name), content);
    }
    const [first, last] = [all.at(0), all.at(-1)];
    for (const [name, jdk] of [
      ["the oldest JDK's", first],
      ["the newest JDK's", last],
    ] as const) {
      files[name] = folder.at(name);
      await execa(join(jdk?.home ?? "", "bin", "java"), ["-Xshare:dump", `-XX:SharedArchiveFile=${folder.at(name)}`]);
    }
  });
  afterAll(() => folder[Symbol.dispose]());

  it.each(
    all.flatMap(({ version, home }) =>
      ["missing", "empty", "garbage", "the oldest JDK's", "the newest JDK's"].map((name) => ({ version, home, name })),
    ),
  )("is nothing that Java $version speaks of: $name", async ({ home, name }) => {
    const given = options.map((option) => option.replace(archive, files[name] ?? folder.at("missing")));
    const java = join(home, "bin", "java");
    const without = await execa(java, ["-Xshare:off", "-version"], { all: true });
    const withArchive = await execa(java, [...given, "-version"], { all: true });
    const shared = (text: string) => text.replace(/, sharing/, "");
    expect(shared(withArchive.all)).toBe(shared(without.all));
  });

  it("is not what the options are without", async () => {
    const java = join(all.at(-1)?.home ?? "", "bin", "java");
    const { all: said } = await execa(java, [`-XX:SharedArchiveFile=${files["garbage"]}`, "-version"], { all: true });
    expect(said).toContain("[cds");
  });
});

/** What a start puts before the other options. */
function optionsFor(path: string): readonly string[] {
  const system = fakeSystem({
    "/jdk/release": "java",
    [path]: "",
    [path.replace(/jsa$/, "json")]: JSON.stringify({ java: "java", classPath: [], size: 0 }),
  });
  const argv = ["java", "-classpath", "/a.jar", mainClasses.standalonesession];
  return withClassData(argv, { flinkHome: folder.path, javaHome: "/jdk", env: {}, system }).argv.slice(1, -3);
}
