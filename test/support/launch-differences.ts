import { world, type LaunchSetup } from "./launch-setup.ts";
import { launchSetup, type Variation } from "./launch-setups.ts";

/** Something that is meant to be other than with Flink's scripts: every line that only one side has is listed. */
export interface LaunchDifference {
  readonly name: string;
  readonly setup: LaunchSetup;
  /** Undefined: the scripts start something, and we refuse. */
  readonly onlyScripts: readonly string[] | undefined;
  readonly onlySluice: readonly string[];
}

interface Row extends Variation {
  readonly command: readonly string[];
  readonly onlyScripts?: readonly string[];
  readonly onlySluice: readonly string[];
}

const always = "-XX:+IgnoreUnrecognizedVMOptions";
const jars = `${world}/flink/lib/flink-csv.jar:${world}/flink/lib/log4j-core.jar:${world}/flink/lib/flink-dist-2.3.0.jar`;
const gatewayJar = `${world}/flink/opt/flink-sql-gateway-1.jar`;
const log4j = `file:${world}/flink/conf/log4j-console.properties`;

const rows: readonly Row[] = [
  {
    name: "an option is not taken for a host name",
    command: ["jobmanager", "-Da.b=c"],
    onlyScripts: ["arg jobmanager.rpc.address=-Da.b=c"],
    onlySluice: ["arg -Da.b=c"],
  },
  {
    name: "help is printed for -h, not for an argument with -h somewhere in it",
    command: ["sql-gateway", "-Dhost=my-host"],
    onlyScripts: [`arg ${jars}:${gatewayJar}`],
    onlySluice: [
      `arg ${always}`,
      `arg -Dlog.file=${world}/flink/log/flink--sql-gateway-0-pod-1.log`,
      `arg -Dlog4j.configuration=${log4j}`,
      `arg -Dlog4j.configurationFile=${log4j}`,
      `arg -Dlogback.configurationFile=file:${world}/flink/conf/logback-console.xml`,
      `arg ${jars}:${gatewayJar}:${world}/flink/opt/flink-python-1.jar`,
      `env FLINK_ENV_JAVA_OPTS=${always}`,
    ],
  },
  {
    name: "a value may end in a quote: the scripts take the quote off, and lose every JVM option",
    command: ["history-server"],
    conf: { "env.java.opts.historyserver": `-Da="b"` },
    onlyScripts: ["env FLINK_ENV_JAVA_OPTS="],
    onlySluice: [`arg ${always}`, "arg -Da=b", `env FLINK_ENV_JAVA_OPTS=${always} -Da=b`],
  },
  {
    name: "operators of the shell are text: the scripts carry them out",
    command: ["history-server"],
    conf: { "env.java.opts.all": "-Da=b;echo -Dc=d>e" },
    onlyScripts: ["arg -Da=b", `env FLINK_ENV_JAVA_OPTS=${always} -Da=b`],
    onlySluice: ["arg -Da=b;echo", "arg -Dc=d>e", `env FLINK_ENV_JAVA_OPTS=${always} -Da=b;echo -Dc=d>e`],
  },
  {
    name: "braces, patterns and tildes are text",
    command: ["history-server"],
    conf: { "env.java.opts.all": "-Da={b,c} ~/d fl?nk -Db=e" },
    env: { HOME: `${world}/home` },
    onlyScripts: [
      "arg -Da=b",
      "arg -Da=c",
      `arg ${world}/home/d`,
      "arg flink",
      `env FLINK_ENV_JAVA_OPTS=${always} -Da=b -Da=c ${world}/home/d flink -Db=e`,
    ],
    onlySluice: [
      "arg -Da={b,c}",
      "arg ~/d",
      "arg fl?nk",
      `env FLINK_ENV_JAVA_OPTS=${always} -Da={b,c} ~/d fl?nk -Db=e`,
    ],
  },
  {
    name: "a command substitution is refused: the scripts run it",
    command: ["history-server"],
    conf: { "env.java.opts.all": "-Da=$(echo b)" },
    onlySluice: ["refused"],
  },
  {
    name: "variables are expanded in a value that YAML has to quote",
    command: ["history-server"],
    conf: { "env.java.opts.all": "-Da=$HOSTNAME -Db=c: d" },
    onlyScripts: ["arg -Da=$HOSTNAME", `env FLINK_ENV_JAVA_OPTS=${always} -Da=$HOSTNAME -Db=c: d`],
    onlySluice: ["arg -Da=pod-1", `env FLINK_ENV_JAVA_OPTS=${always} -Da=pod-1 -Db=c: d`],
  },
  {
    name: "env.java.home may be quoted",
    command: ["history-server"],
    conf: { "env.java.home": `${world}/my jdk` },
    folders: [`${world}/my jdk`],
    onlyScripts: ["path java", `env JAVA_HOME="${world}/my jdk"`, "env JAVA_RUN=java"],
    onlySluice: [
      `path ${world}/my jdk/bin/java`,
      `env JAVA_HOME=${world}/my jdk`,
      `env JAVA_RUN=${world}/my jdk/bin/java`,
    ],
  },
  {
    name: "FLINK_HOME may have a space in it: the scripts lose the env.* keys",
    command: ["history-server"],
    flinkHome: `${world}/my flink`,
    confDir: `${world}/conf`,
    conf: { "env.log.max": "3" },
    onlyScripts: ["env MAX_LOG_FILE_NUMBER=10"],
    onlySluice: ["env MAX_LOG_FILE_NUMBER=3"],
  },
  {
    name: "Java 24 and newer are not told to allow a security manager, which they refuse",
    command: ["history-server"],
    javaMajorVersion: 25,
    onlyScripts: [
      "arg -Djava.security.manager=allow",
      `env FLINK_ENV_JAVA_OPTS=${always} -Djava.security.manager=allow`,
    ],
    onlySluice: [`env FLINK_ENV_JAVA_OPTS=${always}`],
  },
  ...["flink", "sql-client.sh"].flatMap((script): Row[] => [
    {
      name: `the same for ${script}`,
      command: [script, "--help"],
      javaMajorVersion: 25,
      env: { HADOOP_CLASSPATH: `${world}/hadoop/*` },
      onlyScripts: ["arg -Djava.security.manager=allow"],
      onlySluice: [],
    },
    {
      name: `${script} is refused on Java 24 and newer without Hadoop: with the scripts, the JVM does not start`,
      command: [script, "--help"],
      javaMajorVersion: 25,
      onlySluice: ["refused"],
    },
  ]),
  {
    name: "the warning of a missing flink-python jar is no entry of the class path",
    command: ["sql-gateway"],
    optJars: ["flink-sql-gateway-1.jar"],
    onlyScripts: [`arg ${jars}:${gatewayJar}:[WARN] Flink python jar not found in ${world}/flink/opt.`],
    onlySluice: [`arg ${jars}:${gatewayJar}`],
  },
  {
    name: "two spaces in the class path stay two",
    command: ["history-server"],
    env: { HADOOP_CONF_DIR: `${world}/my  conf` },
    onlyScripts: [`arg ${jars}:${world}/my conf`],
    onlySluice: [`arg ${jars}:${world}/my  conf`],
  },
  {
    name: "there is no PID file, and the id in the log's name is 0",
    command: ["history-server"],
    files: { [`${world}/pids/flink--historyserver.pid`]: "PID\n" },
    onlyScripts: [`arg -Dlog.file=${world}/flink/log/flink--historyserver-1-pod-1.log`],
    onlySluice: [`arg -Dlog.file=${world}/flink/log/flink--historyserver-0-pod-1.log`],
  },
];

export const launchDifferences: readonly LaunchDifference[] = rows.map(
  ({ command, onlyScripts, onlySluice, ...variation }) => ({
    name: variation.name,
    setup: launchSetup("2.3.0", command, variation),
    onlyScripts,
    onlySluice,
  }),
);
