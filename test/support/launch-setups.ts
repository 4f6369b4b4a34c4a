import { jdk, world, type LaunchSetup } from "./launch-setup.ts";

export type Variation = Partial<Omit<LaunchSetup, "name" | "version" | "command">> & {
  readonly name: string;
  /** Dynamic properties and the like, put before the command's own arguments. */
  readonly args?: readonly string[];
};

export const versions = ["2.3.0", "2.2.1", "1.20.5"] as const;

const memory = { "jobmanager.memory.process.size": "1600m", "taskmanager.memory.process.size": "1728m" };
const flink = `${world}/flink`;

export function launchSetup(
  version: string,
  command: readonly string[],
  { name, args = [], ...rest }: Variation,
): LaunchSetup {
  const [first = "", ...more] = command;
  const own = first.startsWith("kubernetes-jobmanager") ? 1 : 0;
  const all = [first, ...more.slice(0, own), ...args, ...more.slice(own)];
  return {
    name: `${version} ${command.join(" ")}: ${name}`,
    version,
    command: all,
    flinkHome: flink,
    confDir: `${flink}/conf`,
    libJars: ["flink-csv.jar", "log4j-core.jar"],
    optJars: ["flink-sql-gateway-1.jar", "flink-python-1.jar", "flink-sql-client-1.jar"],
    folders: [],
    files: {},
    javaMajorVersion: 17,
    configFile: "config.yaml",
    ...rest,
    conf: { ...memory, ...rest.conf },
    env: { HOSTNAME: "pod-1", JAVA_HOME: jdk, ...rest.env },
  };
}

const commands: readonly (readonly string[])[] = [
  ["jobmanager"],
  ["taskmanager"],
  ["standalone-job", "--job-classname", "org.example.Job", "--input", "two words", "*"],
  ["history-server"],
  ["sql-gateway", "-Dsql-gateway.endpoint.rest.address=0.0.0.0"],
  ["flink", "run", "-Dparallelism.default=2", "job.jar", "two words", "*"],
  ["sql-client.sh", "-f", "a file.sql"],
  ["kubernetes-jobmanager.sh", "kubernetes-session"],
  ["kubernetes-jobmanager.sh", "kubernetes-application", "--fromSavepoint", "s3://bucket/a b"],
  ["kubernetes-taskmanager.sh", "-Djobmanager.rpc.address=jm", "-D", "taskmanager.resource-id=tm-1"],
];

const variations: readonly Variation[] = [
  {
    name: "nothing special",
    libJars: ["a.jar", "B.jar", "b.jar", "sub/c.jar", "sub-d.jar", "flink-table_2.12.jar", "10.jar", "9.jar"],
  },
  {
    name: "Hadoop and HBase",
    folders: [`${world}/hbase/conf`, `${world}/hadoop/etc/hadoop`, `${world}/hadoop/conf`],
    conf: {
      "env.yarn.conf.dir": `${world}/yarn`,
      "jobmanager.memory.enable-jvm-direct-memory-limit": "true",
      "external-resources": "gpu;fpga",
      "external-resource.gpu.amount": "2",
      "external-resource.fpga.amount": "1",
    },
    env: {
      HADOOP_CLASSPATH: `${world}/hadoop/etc/hadoop:${world}/hadoop/share/*:${world}/hadoop/lib/*.jar`,
      HADOOP_HOME: `${world}/hadoop`,
      HBASE_HOME: `${world}/hbase`,
      USER: "flink",
    },
  },
  {
    name: "JVM options of every kind",
    javaMajorVersion: 21,
    conf: {
      "env.java.default-opts.all": "--add-opens=java.base/java.lang=ALL-UNNAMED -Ddefault=all",
      "env.java.opts.all": `-Xlog:gc*:file=\${FLINK_LOG_PREFIX}.gc.log -Dhome=$FLINK_HOME -Da="x y" -Db='$HOME' -Dc=\\$d -De=\${UNSET}f`,
      "env.java.default-opts.jobmanager": "-Ddefault=jm",
      "env.java.opts.jobmanager": "-Djm=1  -XX:+HeapDumpOnOutOfMemoryError",
      "env.java.default-opts.taskmanager": "-Ddefault=tm",
      "env.java.opts.taskmanager": `-Dtm=\${SPACED} -Dq="\${SPACED}" -Dlast`,
      "env.java.opts.historyserver": "-Dhs=$HOSTNAME",
      "env.java.opts.sql-gateway": "-Dsql=$SERVICE",
    },
    env: { SPACED: "a  b", HOME: "/home/flink" },
  },
  {
    name: "spaces in paths",
    confDir: `${world}/my conf`,
    folders: [`${world}/my hadoop`],
    conf: { "env.log.dir": `${world}/my logs`, "env.hbase.conf.dir": `${world}/my hbase` },
    env: { HADOOP_CONF_DIR: `${world}/my hadoop`, FLINK_IDENT_STRING: "my ident" },
  },
  {
    name: "dynamic properties",
    args: [
      "-D",
      "jobmanager.memory.process.size=2g",
      "-D",
      "jobmanager.memory.jvm-metaspace.size=200m",
      "-D",
      "taskmanager.memory.process.size=2g",
      "-D",
      "a.b=c d",
      "-D",
      "env.java.opts.all=-Dnot=read",
      "-Dtaskmanager.numberOfTaskSlots=3",
      "-Dempty=",
    ],
    env: { DYNAMIC_PARAMETERS: "is overwritten", FLINK_TM_JVM_MEM_OPTS: "-Xmx1g  -Xms1g" },
  },
  {
    name: "log settings",
    conf: {
      "env.log.max": "3",
      "env.log.level": "DEBUG",
      "env.log.dir": `${world}/logs`,
      "env.stdout-err.redirect-to-file": "true",
      "env.hadoop.conf.dir": `${world}/of-conf`,
      "taskmanager.memory.task.heap.size": "512m",
      "taskmanager.memory.managed.size": "512m",
      "taskmanager.memory.process.size": "1900m",
    },
    env: { HOSTNAME: "", USER: "me", HADOOP_CONF_DIR: "", YARN_CONF_DIR: "" },
    folders: [`${world}/logs`],
  },
  {
    name: "everything by variables",
    javaMajorVersion: 21,
    folders: [`${world}/flink/log`],
    conf: { "env.java.opts.all": "-Dis=ignored", "env.java.opts.jobmanager": "-Dtoo=yes", "env.log.max": "7" },
    env: {
      FLINK_HOME: "is overwritten",
      FLINK_LIB_DIR: `${world}/lib`,
      FLINK_OPT_DIR: `${world}/opt/`,
      FLINK_PLUGINS_DIR: `${world}/plugins`,
      FLINK_LOG_DIR: `${world}/flink/log`,
      FLINK_ENV_JAVA_OPTS: "-Dpreset=1 -Dx='a'",
      FLINK_ENV_JAVA_OPTS_JM: "-Djm=preset",
      FLINK_ENV_JAVA_OPTS_TM: "-Dtm=preset",
      FLINK_ENV_JAVA_OPTS_HS: "-Dhs=preset",
      FLINK_ENV_JAVA_OPTS_SQL_GATEWAY: "-Dsql=preset",
      FLINK_INHERITED_LOGS: "earlier\nlogs",
      JVM_ARGS: "-Dfirst=1   -Dsecond=2",
      MAX_LOG_FILE_NUMBER: "5",
      ROOT_LOG_LEVEL: "WARN",
      STD_REDIRECT_TO_FILE: "true",
      HBASE_CONF_DIR: `${world}/hbase`,
    },
  },
  {
    name: "Java by the configuration, and deprecated keys",
    folders: [`${world}/hadoop/conf`],
    conf: {
      "env.java.home": jdk,
      "env.java.opts": "-Dold=1",
      "taskmanager.network.memory.fraction": "0.2",
      "taskmanager.memory.size": "300m",
      "jobmanager.memory.heap.size": "1g",
      "taskmanager.cpu.cores": "2.5",
    },
    env: { JAVA_HOME: `${world}/nowhere`, HADOOP_HOME: `${world}/hadoop`, HADOOP_CONF_DIR: "" },
  },
  { name: "Java on PATH only", env: { JAVA_HOME: "" } },
  {
    name: "memory that cannot be",
    conf: { "jobmanager.memory.process.size": "300m", "taskmanager.memory.process.size": "300m" },
  },
];

const flink1: readonly Variation[] = [
  {
    name: "flink-conf.yaml",
    configFile: "flink-conf.yaml",
    conf: {
      "env.java.opts.all": "-Da=1 -Db=${FLINK_LOG_PREFIX}",
      "external-resources": "gpu;my res",
      "external-resource.my res.amount": "1",
    },
  },
  {
    name: "legacy heap",
    conf: {
      "jobmanager.heap.size": "800m",
      "taskmanager.heap.mb": "900",
      "taskmanager.network.numberOfBuffers": "3000",
    },
  },
  { name: "legacy heap variables", env: { FLINK_JM_HEAP: "1g", FLINK_TM_HEAP: "1g" } },
];

const jobManagerHosts: readonly (readonly string[])[] = [
  ["jobmanager", "host"],
  ["jobmanager", "host", "8082", "-D", "a=b"],
];

/** Native Kubernetes' own way to start, which is bash. */
const wrapped = [
  "kubernetes-jobmanager.sh kubernetes-application ",
  "kubernetes-jobmanager.sh kubernetes-session -D a=b",
  `kubernetes-taskmanager.sh -Dweb.submit.enable='it'\\''s $HOME' -D external-resources="gpu;fpga"  -D a=b `,
];

/** Every command with every version at least ten times. */
export const launchSetups: readonly LaunchSetup[] = versions.flatMap((version) => [
  ...commands.flatMap((command) => variations.map((variation) => launchSetup(version, command, variation))),
  ...(version.startsWith("1.")
    ? commands.flatMap((command) => flink1.map((variation) => launchSetup(version, command, variation)))
    : []),
  ...jobManagerHosts.map((command) => launchSetup(version, command, { name: "host" })),
  launchSetup(version, ["jobmanager"], { name: "HOST", env: { HOST: "by-variable", WEBUIPORT: "8083" } }),
  ...wrapped.map((line) =>
    launchSetup(version, ["bash", "-c", line], { name: "wrapped", env: { FLINK_TM_JVM_MEM_OPTS: "-Xmx1g" } }),
  ),
]);
