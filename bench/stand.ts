import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { buildBinary } from "../scripts/build-binary.ts";
import { root } from "../scripts/bundle.ts";
import { flinkHome } from "../test/support/flink-home.ts";
import { freePorts } from "../testkit/free-ports.ts";
import { findJavaHome, makeAuthorities } from "./material.ts";

export const roles = ["jobmanager", "taskmanager"] as const;
export type Role = (typeof roles)[number];

type Environment = Readonly<Record<string, string>>;

/** Everything that is needed to start one cluster in several ways, one after the other. */
export interface Stand extends Disposable {
  readonly folder: string;
  readonly sluice: string;
  /** As it is distributed. */
  readonly flink: string;
  /** The same with what `sluice cds` has made for it. */
  readonly archivedFlink: string;
  readonly javaHome: string;
  /** Runs every JVM but Flink's own, in place of which it ends. */
  readonly helpersJavaHome: string;
  /** Runs none. */
  readonly noJavaHome: string;
  /** Takes a role, and does with Flink's scripts what the official image's docker-entrypoint.sh does. */
  readonly entrypoint: string;
  readonly restPort: number;
  /** The folder with the certificate of the REST side. */
  readonly restCertificates: string;
  /** What a container of that role is given for sluice: every feature on, or none. */
  environment(role: Role, features?: "all" | "none"): Environment;
  /** The same for Flink's own scripts, which find the configuration and the keystores ready-made. */
  scriptEnvironment(role: Role): Environment;
}

/** Builds sluice, records archives, and makes certificates, in a folder that is gone with the stand. */
export async function makeStand(version: string, say: (text: string) => void): Promise<Stand> {
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-"));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    return await fillStand(version, folder, remove, say);
  } catch (error) {
    remove();
    throw error;
  }
}

async function fillStand(
  version: string,
  folder: string,
  remove: () => void,
  say: (text: string) => void,
): Promise<Stand> {
  const at = (...names: string[]) => join(folder, ...names);
  const sluice = join(root, "dist", "sluice");
  say("building the executable");
  await buildBinary(sluice, process.arch);
  const flink = await flinkHome(version);
  const archivedFlink = linkFlink(flink, at("flink"));
  const javaHome = findJavaHome();
  const PATH = process.env["PATH"] ?? "";
  say("recording class-data archives");
  await execa(sluice, ["cds"], { env: { PATH, JAVA_HOME: javaHome, FLINK_HOME: archivedFlink }, extendEnv: false });
  for (const name of ["internal", "rest"]) {
    await execa(sluice, [
      "certs",
      "--out",
      at("made", name),
      "--name",
      `flink.${name}`,
      "--san",
      "localhost,127.0.0.1",
    ]);
    mkdirSync(at(name));
    for (const file of ["tls.crt", "tls.key", "ca.crt"]) cpSync(at("made", name, file), at(name, file));
  }
  makeAuthorities(at("authorities"), 10);
  const [restPort = 0, rpc = 0, blob = 0] = await freePorts(3);
  const properties = Object.entries({
    ...clusterProperties,
    "jobmanager.rpc.port": rpc,
    "blob.server.port": blob,
    "rest.port": restPort,
    "rest.bind-port": restPort,
  });
  const features = {
    FLINK_SSL_INTERNAL_ENABLED: "true",
    FLINK_SSL_INTERNAL_DIR: at("internal"),
    FLINK_SSL_REST_ENABLED: "true",
    FLINK_SSL_REST_AUTHENTICATION_ENABLED: "true",
    FLINK_SSL_REST_DIR: at("rest"),
    KAFKA_SSL_ENABLED: "true",
    KAFKA_SSL_CA_DIR: at("authorities"),
    FLINK_PROPERTIES: properties.map(([key, value]) => `${key}: ${value}\n`).join(""),
  };
  const stand: Stand = {
    folder,
    sluice,
    flink,
    archivedFlink,
    javaHome,
    helpersJavaHome: makeStub(javaHome, at("helpers"), helpersJava(javaHome)),
    noJavaHome: makeStub(javaHome, at("no-java"), "#!/bin/sh\n"),
    entrypoint: makeEntrypoint(at("entrypoint.sh"), flink, properties),
    restPort,
    restCertificates: at("rest"),
    environment: (role, which = "all") => ({
      PATH,
      JAVA_HOME: javaHome,
      FLINK_HOME: archivedFlink,
      JOB_MANAGER_RPC_ADDRESS: "localhost",
      SLUICE_RUN_DIR: at("run", role),
      ...(which === "all" && features),
    }),
    scriptEnvironment: (role) => ({
      PATH,
      JAVA_HOME: javaHome,
      FLINK_CONF_DIR: at("ready", role, "conf"),
      FLINK_LOG_DIR: at("log"),
      FLINK_PID_DIR: folder,
    }),
    [Symbol.dispose]: remove,
  };
  for (const role of roles) {
    await execa(sluice, ["run", "true"], {
      env: { ...stand.environment(role), SLUICE_RUN_DIR: at("ready", role) },
      extendEnv: false,
    });
  }
  mkdirSync(at("log"));
  return stand;
}

const clusterProperties = {
  "jobmanager.bind-host": "127.0.0.1",
  "jobmanager.memory.process.size": "1000m",
  "rest.address": "localhost",
  "rest.bind-address": "127.0.0.1",
  "taskmanager.host": "localhost",
  "taskmanager.bind-host": "127.0.0.1",
  "taskmanager.memory.process.size": "1000m",
};

function linkFlink(from: string, to: string): string {
  mkdirSync(join(to, "lib"), { recursive: true });
  for (const name of readdirSync(from))
    if (!["lib", "cds"].includes(name)) symlinkSync(join(from, name), join(to, name));
  for (const name of readdirSync(join(from, "lib"))) symlinkSync(join(from, "lib", name), join(to, "lib", name));
  return to;
}

/** A JDK in which nothing but `bin/java` is another. */
function makeStub(javaHome: string, to: string, java: string): string {
  mkdirSync(join(to, "bin"), { recursive: true });
  for (const name of readdirSync(javaHome)) if (name !== "bin") symlinkSync(join(javaHome, name), join(to, name));
  writeFileSync(join(to, "bin", "java"), java, { mode: 0o755 });
  return to;
}

function helpersJava(javaHome: string): string {
  const isFlink = "*StandaloneSessionClusterEntrypoint*|*TaskManagerRunner*";
  return `#!/bin/sh\ncase "$*" in ${isFlink}) exit 0 ;; esac\nexec ${javaHome}/bin/java "$@"\n`;
}

/** The image's options and FLINK_PROPERTIES go through `config-parser-utils.sh` one after the other: a JVM each. */
function makeEntrypoint(
  path: string,
  flink: string,
  properties: readonly (readonly [string, string | number])[],
): string {
  const options = (all: typeof properties) => all.map(([key, value]) => `-D${key}=${value}`).join(" ");
  const image = options([
    ["jobmanager.rpc.address", "localhost"],
    ["blob.server.port", 6124],
    ["query.server.port", 6125],
  ]);
  const parser = `${flink}/bin/config-parser-utils.sh "$FLINK_CONF_DIR" ${flink}/bin ${flink}/lib`;
  const script = [
    "#!/bin/sh -e",
    `${parser} ${image}`,
    `${parser} ${options(properties)}`,
    `exec ${flink}/bin/$1.sh start-foreground`,
  ];
  writeFileSync(path, `${script.join("\n")}\n`, { mode: 0o755 });
  return path;
}
