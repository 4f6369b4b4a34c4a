const general = `sluice: a secured Flink from environment variables and mounted Secrets

  sluice run COMMAND [ARGS]    write the configuration, then become COMMAND
  sluice plan COMMAND [ARGS]   show what run would write and start; touch nothing
  sluice env                   every variable, with what it does
  sluice certs --out DIR       make a certificate for a cluster
  sluice cds                   let the JVMs of this Flink start faster
  sluice help [COMMAND]        more about one of these
  sluice version

COMMAND is jobmanager, taskmanager, standalone-job, history-server, or any
other program, which then finds the same configuration by FLINK_CONF_DIR.

  FLINK_SSL_INTERNAL_ENABLED=true FLINK_SSL_INTERNAL_DIR=/certs sluice plan jobmanager
`;

const run = `sluice run COMMAND [ARGS]

Reads the variables and the mounted files, checks them, writes Flink's
configuration, keystores and truststore to the run dir, and replaces itself by
COMMAND. If anything is wrong, all of it is said, nothing is written, nothing is
started, and the exit code is 78.

  jobmanager       a JobManager of a session cluster
  standalone-job   a JobManager for one job (application mode)
  taskmanager      a TaskManager
  history-server   the history server
  anything else    is started as it is, with $FLINK_HOME/bin on PATH

  --dry-run        the same as sluice plan

As an image's /docker-entrypoint.sh, "sluice run" is left out:
  docker run IMAGE jobmanager -D parallelism.default=2

Exit codes: 64 wrong usage, 73 cannot write, 78 wrong settings or mounted files,
126 not executable, 127 not found, 70 a bug; then the program's own.
`;

const plan = `sluice plan [OPTIONS] COMMAND [ARGS]

Prints what sluice run would do: each file as a difference to what is mounted,
each key of Flink's configuration with who set it, the certificates to trust,
and the final command. Secrets are shown as where they come from. Nothing is
touched.

  --root DIR            look all mounted files up below DIR
  --flink-version V     assume this Flink where FLINK_HOME is not there
  --output text|json    json follows docs/plan.schema.json

In a chart's CI, without a cluster and without Flink:
  sluice plan --root mounts --flink-version 2.3.0 --output json taskmanager
`;

const env = `sluice env

Prints the reference of every variable: what it does, what it takes, its
default. Each secret X can be given as X_FILE, the path of a file that holds it.
`;

const certs = `sluice certs --out DIR [OPTIONS]

Makes the single-purpose certificate of a Flink cluster: self-signed, and the
only one that its own truststore trusts. Writes tls.crt, tls.key, ca.crt, and
the same as keystore.p12 and truststore.p12 with their password in password.
Refuses to overwrite.

  --out DIR           where to; made if it is not there
  --name CN           the common name (flink.internal)
  --san NAME[,NAME]   DNS names and IP addresses, for the REST side
  --key rsa|ec        RSA 3072 (default) or EC P-256
  --days N            valid from now on (365)
`;

const cds = `sluice cds [--out DIR]

For an image's build. Starts a JobManager and a TaskManager of FLINK_HOME on
127.0.0.1 for some seconds, and archives the classes that they load (AppCDS).
With these archives sluice run starts a JVM that needs a third less CPU time and
50 MB less memory until it is ready. They fit one JVM and one set of jars, so
this is the last step of a build; where they do not fit, they are not used, and
nothing else changes. Needs Java 13 or newer, and 2 GB of memory.

  --out DIR    where to write, to be copied to $FLINK_HOME/cds (the default),
               which is where sluice run looks

  RUN ["sluice", "cds"]
`;

const topics: ReadonlyMap<string, string> = new Map(Object.entries({ run, plan, env, certs, cds }));

/** The help text for a topic, or the general one. */
export function helpText(topic: string | undefined): string {
  return topics.get(topic ?? "") ?? general;
}
