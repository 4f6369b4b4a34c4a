import type { Settings } from "../../core/settings/declaration.ts";
import { isHadoopsOwn } from "./default-file-system.ts";
import { choice, flag, list, text } from "../../core/settings/variables.ts";

/** The variables of HDFS. */
export const env = {
  HDFS_KERBEROS_ENABLED: flag({ desc: "Authenticate to HDFS with Flink's principal; needs KERBEROS_ENABLED" }),
  HDFS_DEFAULT_FS: text({
    desc: "The default file system, as fs.defaultFS",
    expects:
      "a URI of any of Hadoop's file systems, such as hdfs://host:8020, viewfs://NAME or abfss://CONTAINER@HOST; hdfs://NAME for a name service",
    example: "hdfs://namenode.corp.example:8020",
  }),
  HDFS_NAMENODES: list({
    desc: "The NameNodes of the name service in HDFS_DEFAULT_FS, each as host or host:port (8020)",
    example: "nn1.corp.example,nn2.corp.example",
  }),
  HDFS_NAMENODE_PRINCIPAL: text({
    desc: "Who the NameNodes are, as dfs.namenode.kerberos.principal; Hadoop puts the host in for _HOST",
    expects: "a principal",
    defaultText: "hdfs/_HOST@ and the default realm",
  }),
  HDFS_PROTECTION: choice(["any", "integrity", "privacy"], {
    desc: "The least that Kerberos does for RPC and data on the wire: privacy encrypts them; any leaves it to the servers",
    default: "any",
  }),
  HDFS_FILE_SYSTEMS: list({
    desc: "Further file systems that delegation tokens are fetched for, as security.kerberos.access.hadoopFileSystems",
    example: "hdfs://archive.corp.example:8020",
  }),
  HADOOP_CONF_DIR: text({
    desc: "A mounted Hadoop configuration. Where anything else here is set, it is carried over, and what the variables say is put over it",
    expects: "an absolute path",
  }),
};

/** The families that set any property. */
export const families = { core: "CORE_CONF_<NAME>", hdfs: "HDFS_CONF_<NAME>" } as const;
/** How the name of a member is read. */
export const naming =
  "in NAME, _ stands for a dot, __ for an underscore and ___ for a hyphen; with _FILE behind it, the file that holds the value";

export type HadoopSettings = Settings<typeof env>;

/** Whether Flink needs Hadoop's own classes: a property alone may be for a plugin of Flink's, which brings its own. */
export function needsHadoop(settings: HadoopSettings): boolean {
  return settings.HDFS_KERBEROS_ENABLED || settings.HDFS_NAMENODES.length > 0 || isHadoopsOwn(settings.HDFS_DEFAULT_FS);
}
