const general = `sluice: a secured Flink from environment variables and mounted Secrets

  sluice run COMMAND [ARGS]    write the configuration, then become COMMAND
  sluice plan COMMAND [ARGS]   show what run would write and start; touch nothing
  sluice check COMMAND [ARGS]  plan, and look whether KDCs, brokers, NameNodes and
                               search clusters take what it says
  sluice health [NAME]         answer a probe of Kubernetes
  sluice env                   every variable, with what it does
  sluice certs                 make a certificate or a CA, as files or as a Secret
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
COMMAND. If anything is wrong, run reports all of it; nothing is written, nothing is
started, and the exit code is 78.

  jobmanager       a JobManager of a session cluster
  standalone-job   a JobManager for one job (application mode)
  taskmanager      a TaskManager
  history-server   the history server
  anything else    is started as it is, with $FLINK_HOME/bin on PATH

  --dry-run        the same as sluice plan
  --config-of NAME use the configuration of a process that runs here, such as
                   jobmanager-2; by default of the only JobManager

As an image's /docker-entrypoint.sh, "sluice run" is left out:
  docker run IMAGE jobmanager -D parallelism.default=2

Exit codes: 64 wrong usage, 69 SLUICE_PREFLIGHT=network has found something, 73
cannot write, 78 wrong settings or mounted files, 126 not executable, 127 not
found, 70 a bug; then the program's own.
`;

const plan = `sluice plan [OPTIONS] COMMAND [ARGS]

Prints what sluice run would do: each file as a difference to what is mounted,
each key of Flink's configuration with who set it, the certificates to trust,
and the final command. Secrets are shown as where they come from. Nothing is
touched.

  --root DIR            look all mounted files up below DIR
  --flink-version V     assume this Flink where FLINK_HOME is not there
  --output text|json    json follows docs/plan.schema.json
  --config-of NAME      for another program: the process that runs here and whose
                        configuration it uses, such as jobmanager-2

In a chart's CI, without a cluster and without Flink:
  sluice plan --root mounts --flink-version 2.3.0 --output json taskmanager
`;

const check = `sluice check [OPTIONS] COMMAND [ARGS]

Plans as sluice plan does, and then tries over the network what jobs will need:
every KDC, the login with the keytab, the principals of brokers and NameNodes,
Kafka's protocol, TLS and SASL, HDFS, search clusters with their credentials,
and how long certificates are still valid. All findings come in one run, each
with what to do, within 10 seconds. Nothing is written, nothing is started, and
nothing is changed anywhere.

  --output text|json    json follows docs/check.schema.json
  --root DIR            look all mounted files up below DIR
  --flink-version V     assume this Flink where FLINK_HOME is not there

Exit codes: 0 all is well, 69 a service cannot be reached or refuses, 78 wrong
settings or mounted files. With SLUICE_PREFLIGHT=network, sluice run does the
same before each start, and does not start where anything is wrong.

In the container that is about to start, as its init container does it:
  sluice check taskmanager
`;

const health = `sluice health [NAME] [--liveness|--readiness|--startup]

Answers a probe of a container, in one line and by the exit code: 0 or 1. It
asks the JobManager or TaskManager that sluice run has started here, with the
configuration and the certificates that it was started with.

                JobManager                      TaskManager
  --liveness    REST answers, whatever it says  the process answers on its ports
  --readiness   REST has a leader to ask        registered at the JobManager
  --startup     as --liveness                   as --readiness

Liveness also fails when a newer certificate than the one in use is mounted, one
that a restart would take; each pod at a different time within ten minutes
(SLUICE_HEALTH_SPREAD). Without an option it is --readiness; without NAME, of
the only process that runs here. NAME is jobmanager, taskmanager, or taskmanager-2
for the second one; without it, exit code 64 if several run.

  --timeout TIME   fail after this long, such as 900ms (the default) or 4s

  livenessProbe: {exec: {command: [sluice, health, --liveness]}}
`;

const env = `sluice env

Prints the reference of every variable: what it does, what it takes, its
default. Each secret X can be given as X_FILE, the path of a file that holds it.
`;

const certs = `sluice certs (--out DIR | --secret NAME [--create]) [OPTIONS]

Without more options: the single-purpose certificate of a Flink cluster, which is
self-signed, and the only one that its own truststore trusts.

Where it goes. What is there already is never overwritten:
  --out DIR          files: tls.crt, tls.key, ca.crt, and stores with their
                     password in "password"
  --secret NAME      a Secret for Kubernetes, printed; nothing is written
  --create           create that Secret instead, from inside a pod, by a service
                     account that may create secrets; done if it is there already
  --namespace NS     the Secret's, and that of the names below
  --label KEY=VALUE  of the Secret; may be repeated

Who signs it:
  --ca               make a small CA: ca.crt and ca.key, with no names
  --sign-with DIR    sign with the CA in that folder, and trust that one
  --trust DIR        trust the CA in that folder too; may be repeated

Whom it names, for checks of host names on the REST side:
  --name CN          the common name (flink.internal)
  --san NAME[,NAME]  DNS names, *.domain too, and IP addresses
  --service NAME     a Service, by all its names up to the cluster domain
  --statefulset NAME --headless SERVICE [--replicas N]
                     the pods 0 to N-1; without --replicas a wildcard for all
  --cluster-domain D (cluster.local)

How it is made:
  --key KIND         rsa (3072 bits, the default), rsa4096, ec (P-256), p384
  --days N           valid from now on (365; a CA 3650), no longer than its CA
  --store KIND       pkcs12, jks or none (pkcs12 for files, none for a Secret)
  --service-account DIR
                     for --create, instead of
                     /var/run/secrets/kubernetes.io/serviceaccount

  sluice certs --secret flink-internal-tls | kubectl apply -f -
  sluice certs --ca --out ca
  sluice certs --sign-with ca --out rest --name flink.rest --namespace flink \\
    --service jobmanager --statefulset taskmanager --headless taskmanager
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

const topics: ReadonlyMap<string, string> = new Map(Object.entries({ run, plan, check, health, env, certs, cds }));

/** The help text for a topic, or the general one. */
export function helpText(topic: string | undefined): string {
  return topics.get(topic ?? "") ?? general;
}
