import { join } from "node:path/posix";
import type {
  Contribution,
  Feature,
  FlinkConfEntry,
  MergedFlinkConf,
  RealmKdcs,
  Target,
} from "../../core/feature/feature.ts";
import { separate } from "../../core/findings/findings.ts";
import { notRead } from "../../core/settings/unused-variables.ts";
import type { Content } from "../../core/plan/plan.ts";
import type { Probe } from "../../core/feature/probe.ts";
import type { Notice, Problem } from "../../core/findings/problem.ts";
import { flag, list, path, text } from "../../core/settings/variables.ts";
import { recogniseCommand } from "../../flink/recognise-command.ts";
import { encryptionTypeName } from "../../formats/kerberos/keytab.ts";
import { checkKeytab } from "../../keytabs/check-keytab.ts";
import { loginContext } from "../../keytabs/login-context.ts";
import { kerberosProblems } from "../../keytabs/problems.ts";
import { kdcProblems } from "../../preflight/kerberos/problems.ts";
import { checkLogin } from "./against-keytab.ts";
import { readKrb5 } from "./krb5.ts";
import { LoginProbe, RealmProbe } from "./probe-login.ts";
import { neededRealms } from "./kdc-directory.ts";

const defaultKeytab = "/certs/kerberos/krb5.keytab";

const env = {
  KERBEROS_ENABLED: flag({ desc: "Log in with a keytab, and tell Flink and every JVM of it how to reach the KDC" }),
  KERBEROS_REALM: text({
    desc: "The default realm",
    expects: "a realm, in capitals as a rule",
    defaultText: "that of KERBEROS_PRINCIPAL, or of a mounted krb5.conf",
    example: "CORP.EXAMPLE",
  }),
  KERBEROS_KDC: list({
    desc: "The realm's KDCs, in the order in which they are asked: host or host:port; for another realm REALM=host:port",
    example: "kdc1.corp.example,kdc2.corp.example:88",
  }),
  KERBEROS_DOMAIN_REALM: list({
    desc: "Which hosts belong to which realm: a domain for the default realm, or domain=REALM; each with all that is below it",
    example: "corp.example,lab.example=LAB.EXAMPLE",
  }),
  KERBEROS_KRB5_CONF: path({
    desc: "A mounted krb5.conf instead of KERBEROS_KDC and KERBEROS_DOMAIN_REALM; what it includes is put into one file",
  }),
  KERBEROS_KEYTAB: path({ desc: "The mounted keytab", defaultText: defaultKeytab }),
  KERBEROS_PRINCIPAL: text({
    desc: "Whose key of the keytab is used",
    expects: "name@REALM, name/host@REALM, or either without the realm",
    defaultText: "the keytab's only one",
    example: "flink@CORP.EXAMPLE",
  }),
  ZOOKEEPER_KERBEROS_ENABLED: flag({ desc: "Log in to ZooKeeper (JAAS context Client) with Flink's principal" }),
};

const because = "KERBEROS_ENABLED";
const property = "-Djava.security.krb5.conf=";

/** Of no use without Kerberos. */
const needing = [
  "KERBEROS_REALM",
  "KERBEROS_KDC",
  "KERBEROS_DOMAIN_REALM",
  "KERBEROS_KRB5_CONF",
  "KERBEROS_KEYTAB",
  "KERBEROS_PRINCIPAL",
];

/** Flink's Kerberos login, which Kafka, HDFS and ZooKeeper share unless they have a separate one. */
export const kerberos: Feature<typeof env> = {
  name: "kerberos",
  title: "Kerberos",
  about:
    "krb5.conf is rendered with settings that work in containers, and the keytab is looked into before a JVM could fail on it.",
  env,
  problems: kerberosProblems,
  networkProblems: [kdcProblems],
  turnOn: "KERBEROS_ENABLED=true",
  enabled: (settings) =>
    settings.KERBEROS_ENABLED || settings.ZOOKEEPER_KERBEROS_ENABLED || notRead(settings, needing, "").length > 0,
  gives: ["kerberos"],
  plan: (settings, target, system) => {
    if (!settings.KERBEROS_ENABLED) {
      const isTurnedOff = target.variable("KERBEROS_ENABLED") !== undefined;
      const notices = isTurnedOff ? [] : notRead(settings, needing, `set ${because}=true as well`);
      return { notices, problems: settings.ZOOKEEPER_KERBEROS_ENABLED ? [notEnabled()] : [] };
    }
    const krb5 = readKrb5(settings, system);
    const keytab = settings.KERBEROS_KEYTAB ?? defaultKeytab;
    const where = [settings.KERBEROS_KRB5_CONF === undefined ? "KERBEROS_KDC" : "KERBEROS_KRB5_CONF"];
    const check = checkKeytab({
      variable: "KERBEROS_KEYTAB",
      path: keytab,
      principalVariable: "KERBEROS_PRINCIPAL",
      principal: settings.KERBEROS_PRINCIPAL,
      realm: krb5.realm,
      system,
    });
    const realms = krb5.directory === undefined ? [] : neededRealms(krb5.directory, krb5.realm, check.principal);
    const login = separate(checkLogin({ krb5, check, keytab, where }));
    const contexts = settings.ZOOKEEPER_KERBEROS_ENABLED
      ? loginContext("Client", "ZOOKEEPER_KERBEROS_ENABLED")
      : undefined;
    return {
      ...contribute(target, krb5.content),
      ...contexts,
      flinkConf: [...loginEntries(keytab, check.principal), ...mountDecorator(target)],
      algorithms: () => [
        { part: `keytab ${keytab}`, name: (check.encryptionTypes ?? []).map(encryptionTypeName).join(", ") },
      ],
      outputs: { kerberos: { realm: krb5.realm, keytab, principal: check.principal, realms } },
      probes: probesOf(realms, keytab, check.principal),
      problems: [...krb5.problems, ...check.problems, ...login.problems],
      notices: [...krb5.notices, ...check.notices, ...login.notices, ...otherRealm(krb5.realm, check.principal)],
      requires: (conf) => [...secondKrb5(conf), ...(contexts?.requires?.(conf) ?? [])],
    };
  },
};

function probesOf(realms: readonly RealmKdcs[], keytab: string, principal: string | undefined): readonly Probe[] {
  const kdcs = realms.map((realm) => new RealmProbe(realm, principal));
  if (principal === undefined) return kdcs;
  return [...kdcs, new LoginProbe({ where: ["KERBEROS_KEYTAB", keytab], keytab, principal, realms })];
}

function notEnabled(): Problem {
  const name = "ZOOKEEPER_KERBEROS_ENABLED";
  return kerberosProblems.problem(
    "not-enabled",
    [name],
    `it needs ${because}=true`,
    `set ${because}=true, or unset ${name}`,
  );
}

function contribute(target: Target, content: Content | undefined): Contribution {
  if (content === undefined) return {};
  const file = join(target.roleDir, "krb5.conf");
  return {
    files: [{ path: file, mode: 0o644, content }],
    jvmOptions: [`${property}${file}`],
    env: { KRB5_CONFIG: file },
  };
}

/** Flink renews the ticket from the keytab (security.kerberos.relogin.period), and looks for a ticket cache first by default. */
function loginEntries(keytab: string, principal: string | undefined): readonly FlinkConfEntry[] {
  if (principal === undefined) return [];
  return [
    { key: "security.kerberos.login.keytab", value: keytab, strength: "required", because },
    { key: "security.kerberos.login.principal", value: principal, strength: "required", because },
    { key: "security.kerberos.login.use-ticket-cache", value: "false", strength: "set", because },
  ];
}

/** Native Kubernetes mounts the client's krb5.conf and keytab into each pod; these pods have ours. */
function mountDecorator({ command, flinkHome }: Target): readonly FlinkConfEntry[] {
  if (recogniseCommand(command, flinkHome)?.service.startsWith("kubernetes-") !== true) return [];
  return [{ key: "kubernetes.decorator.kerberos-mount.enabled", value: "false", strength: "default", because }];
}

function otherRealm(realm: string | undefined, principal: string | undefined): readonly Notice[] {
  if (realm === undefined || principal === undefined || principal.endsWith(`@${realm}`)) return [];
  const noRule = `${principal} is not of the default realm ${realm}: Hadoop says "No rules applied"`;
  const hint = "set KERBEROS_REALM to the principal's, or set hadoop.security.auth_to_local";
  return [{ level: "warning", where: ["KERBEROS_PRINCIPAL"], text: noRule, hint }];
}

/** A JVM takes the last one that it is given, and a role's options come after those for all. */
function secondKrb5(conf: MergedFlinkConf): readonly Problem[] {
  return [...conf].flatMap(([key, { value, owner }]) => {
    if (!key.startsWith("env.java.") || !String(value).includes(property)) return [];
    const hint = "remove it here, and name the file in KERBEROS_KRB5_CONF";
    return [kerberosProblems.problem("second-krb5-conf", [owner, key], "it gives the JVM another krb5.conf", hint)];
  });
}
