import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parsePem } from "../src/formats/x509/pem.ts";
import { writePkcs12 } from "../src/formats/keystore/pkcs12.ts";
import type { CertificateFiles } from "./certificates.ts";

/** What an HDFS is configured from. */
export interface HdfsConfiguration {
  /** Where its data are. */
  readonly folder: string;
  /** The folder of its configuration. */
  readonly conf: string;
  /** By which others call it. */
  readonly host: string;
  readonly realm: string;
  /** With the keys of `hdfs` and `HTTP` on that host. */
  readonly keytab: string;
  readonly certificate: CertificateFiles;
  /** What it asks of RPC and of data on the wire. */
  readonly protection: "authentication" | "integrity" | "privacy";
  readonly ports: HdfsPorts;
  readonly properties: Readonly<Record<string, string>>;
}

export interface HdfsPorts {
  readonly nameNode: number;
  readonly nameNodeHttps: number;
  readonly dataNode: number;
  readonly dataNodeIpc: number;
  readonly dataNodeHttps: number;
}

/** Writes the folder that goes onto the class path of the servers. */
export function writeHdfsConfiguration(configuration: HdfsConfiguration): void {
  const { conf } = configuration;
  makeWebFolders(conf);
  for (const [name, content] of Object.entries(hdfsConfigurationFiles(configuration))) {
    writeFileSync(join(conf, name), content, { mode: 0o600 });
  }
}

/** The jars of Maven Central lack the web pages, without which the servers do not start. */
export function makeWebFolders(folder: string): void {
  for (const page of ["hdfs", "datanode", "static"]) mkdirSync(join(folder, "webapps", page), { recursive: true });
}

/** The files of the servers' configuration by their names: secrets are in them. */
export function hdfsConfigurationFiles(
  configuration: HdfsConfiguration,
): Readonly<Record<string, string | Uint8Array>> {
  const password = randomBytes(24).toString("base64url");
  const keystore = "keystore.p12";
  const ssl = { location: join(configuration.conf, keystore), type: "PKCS12", password, keypassword: password };
  const entries = Object.entries(ssl).map(([name, value]) => [`ssl.server.keystore.${name}`, value]);
  return {
    "core-site.xml": xml(coreSite(configuration)),
    "hdfs-site.xml": xml({ ...hdfsSite(configuration), ...configuration.properties }),
    "log4j.properties": log4j,
    "ssl-server.xml": xml(Object.fromEntries(entries)),
    [keystore]: pkcs12(configuration.certificate, password),
  };
}

const log4j = `log4j.rootLogger=WARN, console
log4j.appender.console=org.apache.log4j.ConsoleAppender
log4j.appender.console.target=System.err
log4j.appender.console.layout=org.apache.log4j.PatternLayout
log4j.appender.console.layout.ConversionPattern=%d{ISO8601} %-5p %c{1}: %m%n
`;

function coreSite({ folder, host, ports, protection }: HdfsConfiguration): Record<string, string> {
  return {
    "fs.defaultFS": `hdfs://${host}:${ports.nameNode}`,
    "hadoop.tmp.dir": join(folder, "tmp"),
    "hadoop.security.authentication": "kerberos",
    "hadoop.security.authorization": "true",
    "hadoop.rpc.protection": protection,
  };
}

function hdfsSite({ folder, host, realm, keytab, ports, protection }: HdfsConfiguration): Record<string, string> {
  const principal = `hdfs/${host}@${realm}`;
  return {
    "dfs.namenode.name.dir": join(folder, "name"),
    "dfs.datanode.data.dir": join(folder, "data"),
    "dfs.replication": "1",
    "dfs.namenode.kerberos.principal": principal,
    "dfs.namenode.keytab.file": keytab,
    "dfs.datanode.kerberos.principal": principal,
    "dfs.datanode.keytab.file": keytab,
    "dfs.web.authentication.kerberos.principal": `HTTP/${host}@${realm}`,
    "dfs.web.authentication.kerberos.keytab": keytab,
    // With these two, a DataNode needs no port below 1024.
    "dfs.http.policy": "HTTPS_ONLY",
    "dfs.data.transfer.protection": protection,
    "dfs.block.access.token.enable": "true",
    "dfs.namenode.https-address": `${host}:${ports.nameNodeHttps}`,
    "dfs.datanode.address": `${host}:${ports.dataNode}`,
    "dfs.datanode.ipc.address": `${host}:${ports.dataNodeIpc}`,
    "dfs.datanode.https.address": `${host}:${ports.dataNodeHttps}`,
    // Leaving the safe mode and counting the first DataNode need not take half a minute.
    "dfs.namenode.safemode.extension": "0",
    "dfs.namenode.datanode.registration.ip-hostname-check": "false",
    "dfs.permissions.superusergroup": "hdfs",
    "dfs.client.block.write.replace-datanode-on-failure.enable": "false",
  };
}

function pkcs12({ crt, key }: CertificateFiles, password: string): Uint8Array {
  const [certificate] = parsePem(readFileSync(crt, "utf8"));
  const [pkcs8] = parsePem(readFileSync(key, "utf8"));
  if (certificate === undefined || pkcs8 === undefined) throw new Error("no certificate, or no key");
  const entry = { kind: "key", alias: "hdfs", pkcs8: pkcs8.bytes, chain: [certificate.bytes] } as const;
  return writePkcs12([entry], { password, bytes: (_label, length) => randomBytes(length), iterations: 1000 });
}

function xml(properties: Readonly<Record<string, string>>): string {
  const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const entries = Object.entries(properties).map(
    ([name, value]) => `  <property><name>${name}</name><value>${escape(value)}</value></property>\n`,
  );
  return `<?xml version="1.0"?>\n<configuration>\n${entries.join("")}</configuration>\n`;
}
