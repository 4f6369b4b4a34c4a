import type { FeatureOutputs } from "../../core/feature/feature.ts";
import { type Address, readAddress } from "../../core/system/network.ts";
import { defaultFileSystem } from "./default-file-system.ts";
import type { Properties, Sites } from "./property.ts";
import type { HdfsFileSystem } from "./probe/namenode-session.ts";
import type { HadoopSettings } from "./settings.ts";

/** NameNodes that listen for RPC where nothing says another port. */
const defaultPort = 8020;

/** The file systems that `sluice check` tries: the default one, and those that tokens are fetched for. */
export function fileSystemsToProbe(
  settings: HadoopSettings,
  sites: Sites,
  { kerberos }: FeatureOutputs,
): readonly HdfsFileSystem[] {
  const own = defaultFileSystem(settings.HDFS_DEFAULT_FS) ?? valueOf(sites.core, "fs.defaultFS");
  const variable = settings.HDFS_DEFAULT_FS === undefined ? "fs.defaultFS" : "HDFS_DEFAULT_FS";
  const isService = settings.HDFS_NAMENODES.length > 0;
  const wanted = [
    ...(own === undefined ? [] : [{ where: [isService ? "HDFS_NAMENODES" : variable], uri: own }]),
    ...settings.HDFS_FILE_SYSTEMS.map((uri) => ({ where: ["HDFS_FILE_SYSTEMS"], uri })),
  ];
  return wanted.flatMap(({ where, uri }): readonly HdfsFileSystem[] => {
    const nodes = nodesOf(uri, sites.hdfs);
    return nodes.length === 0 ? [] : [{ where, nodes, kerberos: expectationOf(sites, kerberos) }];
  });
}

function expectationOf(sites: Sites, kerberos: FeatureOutputs["kerberos"]): HdfsFileSystem["kerberos"] {
  if (valueOf(sites.core, "hadoop.security.authentication") !== "kerberos") return undefined;
  const principal = valueOf(sites.hdfs, "dfs.namenode.kerberos.principal");
  // What is missing is a problem of the plan.
  if (principal === undefined || kerberos?.principal === undefined) return "unknown";
  const { keytab, realms } = kerberos;
  return { principal, login: { where: ["KERBEROS_KEYTAB", keytab], keytab, principal: kerberos.principal, realms } };
}

function nodesOf(uri: string, hdfs: Properties): readonly Address[] {
  const authority = /^hdfs:\/\/([^/]+)/.exec(uri)?.[1];
  if (authority === undefined) return [];
  const ids = valueOf(hdfs, `dfs.ha.namenodes.${authority}`);
  if (ids === undefined) {
    const only = readAddress(authority, defaultPort);
    return only === undefined ? [] : [only];
  }
  const addresses = ids.split(",").map((id) => valueOf(hdfs, `dfs.namenode.rpc-address.${authority}.${id.trim()}`));
  return addresses.flatMap((address) => readAddress(address ?? "", defaultPort) ?? []);
}

function valueOf(properties: Properties, name: string): string | undefined {
  const value = properties.get(name)?.value;
  return typeof value === "string" ? value : undefined;
}
