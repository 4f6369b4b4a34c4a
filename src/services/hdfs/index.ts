import type { Algorithm } from "../../core/feature/algorithm.ts";
import type { Feature, FlinkConfEntry, FeatureOutputs, Target } from "../../core/feature/feature.ts";
import type { Notice, Problem } from "../../core/findings/problem.ts";
import { inRoleDir } from "../../core/plan/run-dir.ts";
import { recogniseCommand } from "../../flink/recognise-command.ts";
import { readFamily } from "./families.ts";
import { checkJars } from "./jars.ts";
import { readMountedConf } from "./mounted.ts";
import { ownProperties } from "./own-properties.ts";
import { fileSystemsToProbe } from "./file-systems-to-probe.ts";
import { NamenodesProbe } from "./probe/probe-namenodes.ts";
import { namenodeProblems } from "./probe/problems.ts";
import { plaintextFileSystems, withoutScheme } from "./default-file-system.ts";
import { hadoopProblems } from "./problems.ts";
import type { Properties } from "./property.ts";
import { env, families, type HadoopSettings, naming, needsHadoop } from "./settings.ts";
import { checkSayable, mergeProperties, siteFile } from "./site-files.ts";

const { problem } = hadoopProblems;

/** Hadoop's configuration, for Flink's own access to HDFS and for jobs. */
export const hadoop: Feature<typeof env> = {
  name: "hadoop",
  title: "HDFS",
  about: "core-site.xml and hdfs-site.xml are rendered, and HADOOP_CONF_DIR names their folder to Flink.",
  env,
  envPatterns: [
    {
      name: families.core,
      desc: `A property of core-site.xml: ${naming}`,
      expects: "the property's value",
      example: "CORE_CONF_hadoop_security_auth__to__local",
    },
    {
      name: families.hdfs,
      desc: `A property of hdfs-site.xml: ${naming}`,
      expects: "the property's value",
      example: "HDFS_CONF_dfs_client_use_datanode_hostname",
    },
  ],
  alsoKnown: ["HADOOP_CLASSPATH", "HADOOP_HOME"],
  problems: hadoopProblems,
  networkProblems: [namenodeProblems],
  turnOn: "HDFS_DEFAULT_FS",
  enabled: (settings) =>
    needsHadoop(settings) ||
    settings.HDFS_DEFAULT_FS !== undefined ||
    settings.HDFS_NAMENODE_PRINCIPAL !== undefined ||
    settings.HDFS_FILE_SYSTEMS.length > 0 ||
    Object.values(families).some((name) => Object.keys(settings.families[name] ?? {}).length > 0),
  needs: ["kerberos"],
  plan: (settings, target, system, outputs) => {
    const confDir = inRoleDir.hadoop(target.roleDir);
    const own = ownProperties(settings, outputs.kerberos?.realm);
    const mounted = readMountedConf(settings.HADOOP_CONF_DIR, confDir, system);
    const core = readFamily("CORE_CONF", settings.families[families.core] ?? {}, system);
    const hdfs = readFamily("HDFS_CONF", settings.families[families.hdfs] ?? {}, system);
    const sites = {
      core: mergeProperties(own.presets.core, mounted.core, own.wanted.core, core.properties),
      hdfs: mergeProperties(own.presets.hdfs, mounted.hdfs, own.wanted.hdfs, hdfs.properties),
    };
    const unsayable = [...sites.core, ...sites.hdfs].flatMap((each) => checkSayable(each, system));
    const files =
      unsayable.length > 0 ? [] : [siteFile("core", sites.core, confDir), siteFile("hdfs", sites.hdfs, confDir)];
    return {
      files: [...files, ...mounted.files],
      algorithms: () => (settings.HDFS_KERBEROS_ENABLED ? [tokens] : []),
      env: { HADOOP_CONF_DIR: confDir },
      unset: [...core.unset, ...hdfs.unset],
      flinkConf: entries(settings, target),
      probes: fileSystemsToProbe(settings, sites, outputs).map((each) => new NamenodesProbe(each)),
      problems: [
        ...needsKerberos(settings, outputs, target),
        ...own.problems,
        ...mounted.problems,
        ...core.problems,
        ...hdfs.problems,
        ...unsayable,
        ...(settings.HDFS_KERBEROS_ENABLED ? authenticationOff(sites.core) : []),
        ...(needsHadoop(settings) ? checkJars(target, system) : []),
      ],
      notices: [
        ...withoutKerberos(settings),
        ...withoutScheme(settings.HDFS_DEFAULT_FS),
        ...plaintextFileSystems("HDFS_DEFAULT_FS", [settings.HDFS_DEFAULT_FS ?? ""]),
        ...plaintextFileSystems("HDFS_FILE_SYSTEMS", settings.HDFS_FILE_SYSTEMS),
        ...mounted.notices,
      ],
    };
  },
};

/** SaslRpcServer.AuthMethod.TOKEN and SaslDataTransferClient, Hadoop 3.3 and 3.4. */
const tokens: Algorithm = {
  part: "HDFS with Kerberos",
  name: "DIGEST-MD5 for delegation tokens and DataNodes",
  refused: {
    where: ["HDFS_KERBEROS_ENABLED"],
    text: "Hadoop authenticates delegation tokens and DataNodes with DIGEST-MD5, which FIPS 140-3 does not allow",
    hint: "keep state and output on an object store",
  },
};

/** Native Kubernetes mounts the client's Hadoop configuration into each pod; these pods have ours. */
function entries(settings: HadoopSettings, { command, flinkHome }: Target): readonly FlinkConfEntry[] {
  const isKubernetes = recogniseCommand(command, flinkHome)?.service.startsWith("kubernetes-") === true;
  const decorator = { key: "kubernetes.decorator.hadoop-conf-mount.enabled", value: "false" };
  const systems = { key: "security.kerberos.access.hadoopFileSystems", value: settings.HDFS_FILE_SYSTEMS.join(";") };
  return [
    ...(isKubernetes ? [{ ...decorator, strength: "default", because: "HADOOP_CONF_DIR" } as const] : []),
    ...(systems.value === "" ? [] : [{ ...systems, strength: "set", because: "HDFS_FILE_SYSTEMS" } as const]),
  ];
}

function needsKerberos(settings: HadoopSettings, outputs: FeatureOutputs, { variable }: Target): readonly Problem[] {
  // If Kerberos is enabled but invalid, the Kerberos feature reports it.
  if (!settings.HDFS_KERBEROS_ENABLED || outputs.kerberos !== undefined || variable("KERBEROS_ENABLED") !== undefined)
    return [];
  const hint = "set KERBEROS_ENABLED=true, or unset HDFS_KERBEROS_ENABLED";
  return [problem("needs-kerberos", ["HDFS_KERBEROS_ENABLED"], "it needs KERBEROS_ENABLED=true", hint)];
}

function authenticationOff(core: Properties): readonly Problem[] {
  const found = core.get("hadoop.security.authentication");
  if (found?.value === undefined || found.value === "kerberos") return [];
  const text = `hadoop.security.authentication is ${String(found.value)}, but HDFS_KERBEROS_ENABLED needs kerberos`;
  return [problem("contradiction", found.where, text, "remove it there, or unset HDFS_KERBEROS_ENABLED")];
}

function withoutKerberos(settings: HadoopSettings): readonly Notice[] {
  if (settings.HDFS_KERBEROS_ENABLED || settings.HDFS_PROTECTION === "any") return [];
  const hint = "set HDFS_KERBEROS_ENABLED=true as well";
  return [
    { level: "warning", where: ["HDFS_PROTECTION"], text: "nothing protects RPC and data without Kerberos", hint },
  ];
}
