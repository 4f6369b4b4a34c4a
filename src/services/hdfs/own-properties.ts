import type { Problem } from "../../core/findings/problem.ts";
import { checkDefaultFileSystem, defaultFileSystem } from "./default-file-system.ts";
import { hadoopProblems } from "./problems.ts";

const { problem } = hadoopProblems;

/** What the variables of HDFS say. */
export interface HdfsSettings {
  readonly HDFS_KERBEROS_ENABLED: boolean;
  readonly HDFS_DEFAULT_FS: string | undefined;
  readonly HDFS_NAMENODES: readonly string[];
  readonly HDFS_NAMENODE_PRINCIPAL: string | undefined;
  readonly HDFS_PROTECTION: "any" | "integrity" | "privacy";
}

type Named = Readonly<Record<string, string>>;

/** Properties for both files: presets lose against a mounted file, the others win over it. */
export interface OwnProperties {
  readonly presets: { readonly core: Named; readonly hdfs: Named };
  readonly wanted: { readonly core: Named; readonly hdfs: Named };
  readonly problems: readonly Problem[];
}

/** What a client offers, strongest last. Lists take whatever the server asks for. */
const protections = {
  any: "authentication,integrity,privacy",
  integrity: "integrity,privacy",
  privacy: "privacy",
} as const;

/** Turns the variables of HDFS into properties. */
export function ownProperties(settings: HdfsSettings, realm: string | undefined): OwnProperties {
  const fs = defaultFileSystem(settings.HDFS_DEFAULT_FS);
  const ha = nameService(fs, settings);
  const principal = namenodePrincipal(settings, realm);
  const problems = [...ha.problems, ...checkDefaultFileSystem(fs), ...badPrincipal(settings.HDFS_NAMENODE_PRINCIPAL)];
  const protection = protections[settings.HDFS_PROTECTION];
  const isKerberos = settings.HDFS_KERBEROS_ENABLED;
  const isAsked = settings.HDFS_PROTECTION !== "any";
  const rpc = isKerberos ? { "hadoop.rpc.protection": protection } : {};
  const data = isKerberos ? { "dfs.data.transfer.protection": protection } : {};
  const owner = principal === undefined ? {} : { "dfs.namenode.kerberos.principal": principal };
  const isGiven = settings.HDFS_NAMENODE_PRINCIPAL !== undefined;
  return {
    presets: {
      core: { ...(isKerberos ? { "hadoop.security.authentication": "kerberos" } : {}), ...(isAsked ? {} : rpc) },
      hdfs: { ...(isAsked ? {} : data), ...(isGiven ? {} : owner) },
    },
    wanted: {
      core: { ...(fs === undefined ? {} : { "fs.defaultFS": fs }), ...(isAsked ? rpc : {}) },
      hdfs: { ...ha.properties, ...(isAsked ? data : {}), ...(isGiven ? owner : {}) },
    },
    problems,
  };
}

/** A name service with all its NameNodes, of which a client finds the active one. */
function nameService(
  fs: string | undefined,
  { HDFS_NAMENODES: nodes }: HdfsSettings,
): {
  readonly properties: Named;
  readonly problems: readonly Problem[];
} {
  if (nodes.length === 0) return { properties: {}, problems: [] };
  const bad = nodes.filter((node) => !/^[A-Za-z0-9][A-Za-z0-9_.-]*(:\d{1,5})?$/.test(node));
  const problems = bad.map((node) =>
    problem(
      "bad-address",
      ["HDFS_NAMENODES"],
      `${JSON.stringify(node)} is not host or host:port`,
      "write it as host:8020",
    ),
  );
  const service = /^hdfs:\/\/([A-Za-z0-9][A-Za-z0-9_.-]*)\/?$/.exec(fs ?? "")?.[1];
  if (service === undefined) {
    const text = fs === undefined ? "HDFS_DEFAULT_FS does not name their name service" : `${fs} is not a name service`;
    problems.push(
      problem("no-default-fs", ["HDFS_NAMENODES"], text, "set HDFS_DEFAULT_FS to hdfs://NAME, without a port"),
    );
  }
  if (problems.length > 0 || service === undefined) return { properties: {}, problems };
  const ids = nodes.map((_node, index) => `nn${index + 1}`);
  const addresses = nodes.map((node, index): [string, string] => {
    const address = node.includes(":") ? node : `${node}:8020`;
    return [`dfs.namenode.rpc-address.${service}.${ids[index] ?? ""}`, address];
  });
  const properties = {
    "dfs.nameservices": service,
    [`dfs.ha.namenodes.${service}`]: ids.join(","),
    ...Object.fromEntries(addresses),
    [`dfs.client.failover.proxy.provider.${service}`]:
      "org.apache.hadoop.hdfs.server.namenode.ha.ConfiguredFailoverProxyProvider",
  };
  return { properties, problems };
}

/** Hadoop puts the NameNode's host in for _HOST, and compares the realm too. */
function namenodePrincipal(settings: HdfsSettings, realm: string | undefined): string | undefined {
  const given = settings.HDFS_NAMENODE_PRINCIPAL;
  if (given?.includes("@") === true || (given !== undefined && realm === undefined)) return given;
  if (realm === undefined || (given === undefined && !settings.HDFS_KERBEROS_ENABLED)) return undefined;
  return `${given ?? "hdfs/_HOST"}@${realm}`;
}

function badPrincipal(principal: string | undefined): readonly Problem[] {
  if (principal === undefined || /^[^\s@/]+\/[^\s@/]+(@[^\s@/]+)?$/.test(principal)) return [];
  const text = `${JSON.stringify(principal)} is not name/host@REALM`;
  return [problem("bad-principal", ["HDFS_NAMENODE_PRINCIPAL"], text, "write it as hdfs/_HOST@REALM")];
}
