import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { compileJava } from "../../lab/java.ts";
import { mavenJars } from "../../lab/maven.ts";

const source = join(import.meta.dirname, "java", "PluginFileSystem.java");

/** A plugin of Flink's, and what has it look for a file in a store on this machine. */
export interface StorePlugin {
  /** As in the jar's name: `s3-fs-hadoop`. */
  readonly name: string;
  readonly uri: (port: number) => string;
  readonly configuration: (port: number) => Readonly<Record<string, string>>;
}

const s3 = {
  uri: () => "s3://bucket/file",
  configuration: (port: number) => ({
    "s3.endpoint": `http://127.0.0.1:${port}`,
    "s3.path.style.access": "true",
    "s3.path-style-access": "true",
    "s3.access-key": "test",
    "s3.secret-key": "test",
    "s3.region": "us-east-1",
    "fs.s3a.endpoint.region": "us-east-1",
  }),
};

export const storePlugins: readonly StorePlugin[] = [
  { name: "s3-fs-hadoop", ...s3 },
  { name: "s3-fs-presto", ...s3 },
  { name: "s3-fs-native", ...s3 },
  {
    name: "gs-fs-hadoop",
    uri: () => "gs://bucket/file",
    configuration: (port) => ({
      "fs.gs.storage.root.url": `http://127.0.0.1:${port}/`,
      "fs.gs.auth.null.enable": "true",
      "fs.gs.auth.service.account.enable": "false",
    }),
  },
  {
    name: "azure-fs-hadoop",
    uri: (port) => `abfs://container@127.0.0.1:${port}/file`,
    configuration: (port) => ({
      [`fs.azure.account.key.127.0.0.1:${port}`]: "dGVzdA==",
      "fs.azure.account.key": "dGVzdA==",
      "fs.azure.account.hns.enabled": "false",
      "fs.azure.always.use.https": "false",
      "fs.azure.io.retry.max.retries": "0",
    }),
  },
];

/** Compiles the program that asks, and returns the folder of its class. */
export function compilePluginFileSystem(flinkHome: string, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  return compileJava(source, folder, join(flinkHome, "lib", "*"));
}

interface Asking {
  readonly flinkHome: string;
  readonly flinkVersion: string;
  readonly javaHome: string;
  /** Of {@link compilePluginFileSystem}. */
  readonly classes: string;
  /** For this plugin and Java alone. */
  readonly folder: string;
}

/**
 * Has a JVM look for a file through a plugin, in a store that knows none: `works` if the plugin asked the store, else what was thrown.
 * @throws NotAvailable if Maven Central does not give the plugin
 */
export async function askThroughPlugin(plugin: StorePlugin, asking: Asking): Promise<string> {
  const { flinkHome, flinkVersion, javaHome, classes, folder } = asking;
  const artifact = `org.apache.flink:flink-${plugin.name}:${flinkVersion}`;
  mkdirSync(folder, { recursive: true });
  symlinkSync(
    await mavenJars(`flink-${plugin.name}-${flinkVersion}`, [artifact], { alone: true }),
    join(folder, plugin.name),
  );
  const store = await startStore();
  try {
    const configuration = Object.entries(plugin.configuration(store.port)).flat();
    const { stdout } = await execa(
      join(javaHome, "bin", "java"),
      [
        "-XX:TieredStopAtLevel=1",
        "-cp",
        `${classes}:${join(flinkHome, "lib", "*")}`,
        "PluginFileSystem",
        plugin.uri(store.port),
        ...configuration,
      ],
      { env: { FLINK_PLUGINS_DIR: folder }, stderr: "ignore", timeout: 120_000 },
    );
    return store.requests() > 0 ? "works" : (stdout.split("\n").at(-1) ?? "");
  } finally {
    await store.stop();
  }
}

/** Says of everything that it is not there. */
async function startStore(): Promise<{ readonly port: number; requests: () => number; stop: () => Promise<void> }> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    request.resume();
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port, requests: () => requests, stop };
}
