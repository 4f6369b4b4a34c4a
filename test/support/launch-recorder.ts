import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { flinkHome } from "./flink-home.ts";
import { environmentOf, hostName, jdk, scriptOf, world, type LaunchSetup } from "./launch-setup.ts";
import { launchLines, type LaunchLines } from "./launch-lines.ts";

/** What the recorder in java's place writes down. */
interface Recorded {
  readonly path: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly stdout: string;
  readonly stderr: string;
}

/** Set by bash for itself, or by the recorder; and PATH, which has to find the recorder. */
const ofTheShell = /^(?:_|SHLVL|PWD|OLDPWD|PATH|RECORDER_.*)$/;

/** Lets Flink's own scripts start, with the final java replaced by a recorder. */
export async function record(setup: LaunchSetup): Promise<LaunchLines> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "sluice-launch-")));
  try {
    return await recordIn(folder, setup);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function recordIn(folder: string, setup: LaunchSetup): Promise<LaunchLines> {
  const real = (text: string) => text.replaceAll(world, folder);
  await build(folder, setup, real);
  const file = join(folder, "recorded.json");
  const { stdout: java } = await execa("sh", ["-c", "command -v java"]);
  const [command = "", ...args] = scriptOf(setup).map(real);
  const env = Object.fromEntries(Object.entries(environmentOf(setup)).map(([name, value]) => [name, real(value)]));
  const run = await execa(command, args, {
    cwd: folder,
    extendEnv: false,
    env: {
      PATH: `${folder}/path:${real(setup.flinkHome)}/bin:/usr/bin:/bin`,
      ...env,
      RECORDER_JAVA: java,
      RECORDER_JAVA_VERSION: String(setup.javaMajorVersion),
      RECORDER_FILE: file,
    },
    reject: false,
    // Bash takes a socket, which is what Node makes for a pipe, for a remote shell's, and would read .bashrc.
    stdin: "ignore",
  });
  if (run.failed) return ["refused"];
  const recorded = JSON.parse(placed(readFileSync(file, "utf8"), folder)) as Recorded;
  const redirected = (path: string) => (path.startsWith(world) ? path : undefined);
  return launchLines({
    path: recorded.path === `${world}/path/java` ? "java" : recorded.path,
    args: recorded.args,
    env: Object.fromEntries(Object.entries(recorded.env).filter(([name]) => !ofTheShell.test(name))),
    stdoutTo: redirected(recorded.stdout),
    stderrTo: redirected(recorded.stderr),
  });
}

/** Without the names of this machine. */
function placed(json: string, folder: string): string {
  const own = hostname();
  return [
    [folder, world],
    [`"HOSTNAME": "${own}"`, `"HOSTNAME": "${hostName}"`],
    [`-client-${own}.log`, `-client-${hostName}.log`],
    ...[".log", ".out", ".err"].map((end) => [`-0-${own}${end}`, `-0-${hostName}${end}`]),
  ].reduce((text, [from = "", to = ""]) => text.replaceAll(from, to), json);
}

async function build(folder: string, setup: LaunchSetup, real: (text: string) => string): Promise<void> {
  const distribution = await flinkHome(setup.version);
  const home = real(setup.flinkHome);
  const lib = real(setup.env["FLINK_LIB_DIR"] ?? `${setup.flinkHome}/lib`);
  const opt = real(setup.env["FLINK_OPT_DIR"] ?? `${setup.flinkHome}/opt`);
  const conf = real(setup.confDir);
  const folders = [`${home}/bin`, lib, opt, conf, `${folder}/path`, `${real(jdk)}/bin`, ...setup.folders.map(real)];
  for (const path of folders) mkdirSync(path, { recursive: true });
  for (const name of readdirSync(join(distribution, "bin"))) {
    // The scripts find their home by their own physical path, so they are copied; the jar is big.
    const put = name.endsWith(".jar") ? symlinkSync : copyFileSync;
    put(join(distribution, "bin", name), `${home}/bin/${name}`);
  }
  const dist = `flink-dist-${setup.version}.jar`;
  symlinkSync(join(distribution, "lib", dist), join(lib, dist));
  const files = [...setup.libJars.map((name) => join(lib, name)), ...setup.optJars.map((name) => join(opt, name))];
  for (const file of files) write(file, "");
  for (const [path, text] of Object.entries(setup.files))
    write(real(path), text.replaceAll("PID", String(process.pid)));
  const line = setup.configFile === "config.yaml" ? yamlLine : (key: string, value: string) => `${key}: ${value}`;
  const lines = Object.entries(setup.conf).map(([key, value]) => real(line(key, value)));
  write(join(conf, setup.configFile), `${lines.join("\n")}\n`);
  const recorder = new URL("recorder-java.py", import.meta.url).pathname;
  for (const path of [`${real(jdk)}/bin/java`, `${folder}/path/java`]) symlinkSync(recorder, path);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Plain where that means the same, because people write it so. */
function yamlLine(key: string, value: string): string {
  return `${key}: ${/^[\w/][\w/.-]*$/.test(value) ? value : JSON.stringify(value)}`;
}
