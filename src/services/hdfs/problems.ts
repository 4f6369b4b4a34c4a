import { problemCatalogue } from "../../core/findings/problem.ts";

export const hadoopProblems = problemCatalogue("hadoop", {
  "needs-kerberos": "HDFS is asked to use Kerberos, which is not turned on.",
  "bad-address": "The address of a file system or of a NameNode is not written as Hadoop takes it.",
  "no-default-fs": "NameNodes are listed, but their name service has no name.",
  "bad-principal": "The NameNode's principal is not written as Hadoop takes it.",
  "bad-file":
    "A variable of the families `CORE_CONF_<NAME>_FILE` and `HDFS_CONF_<NAME>_FILE` names a file that cannot be read.",
  "both-given": "A Hadoop property is given as a value and as a file.",
  "conf-unreadable": "The mounted HADOOP_CONF_DIR, or a file in it, cannot be read.",
  "bad-xml":
    "A mounted core-site.xml or hdfs-site.xml, or a file that it includes, cannot be read: it is not well-formed, or uses what Sluice does not read (a DTD, XML 1.1, a rare encoding, an include of a URL).",
  unsayable: "A Hadoop property holds a character that XML cannot say.",
  contradiction: "The merged Hadoop configuration turns off what a variable turns on.",
  "no-jars": "HDFS is asked for, and Flink's class path has no Hadoop.",
});
