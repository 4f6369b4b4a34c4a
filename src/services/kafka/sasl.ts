import type { FeatureOutputs, RealmKdcs, Target } from "../../core/feature/feature.ts";
import type { Notice, Problem } from "../../core/findings/problem.ts";
import type { System } from "../../core/system/system.ts";
import { checkKeytab } from "../../keytabs/check-keytab.ts";
import { byDefault, type ClientSetting, className, jaasConfig, plain } from "./client-setting.ts";
import { plaintextEndpoint } from "./protocol-notices.ts";
import { kafkaProblems } from "./problems.ts";
import type { SaslLogin } from "./probe/sasl-login.ts";
import type { KafkaSettings } from "./settings.ts";

const { problem } = kafkaProblems;
const security = "org.apache.kafka.common.security";

/** How the client authenticates. */
export interface Sasl {
  /** Undefined: not by SASL. */
  readonly mechanism: string | undefined;
  readonly settings: readonly ClientSetting[];
  /** URLs that the client asks. */
  readonly urls: readonly string[];
  /** The same settings for `sluice check`; undefined if the plan has problems. */
  readonly login?: SaslLogin;
  /** Whether Flink logs in, with its own principal. */
  readonly isFlinks: boolean;
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

type PasswordMechanism = Exclude<KafkaSettings["KAFKA_SASL_MECHANISM"], "none" | "OAUTHBEARER">;

const nothing = { mechanism: undefined, settings: [], urls: [], isFlinks: false, problems: [], notices: [] };

/** Decides on the mechanism, and what it needs. */
export function planSasl(settings: KafkaSettings, outputs: FeatureOutputs, target: Target, system: System): Sasl {
  const mechanism = settings.KAFKA_SASL_MECHANISM;
  if (settings.KAFKA_KERBEROS_ENABLED && mechanism !== "none") {
    const text = `KAFKA_KERBEROS_ENABLED asks for GSSAPI, and this for ${mechanism}`;
    return { ...nothing, problems: [problem("two-mechanisms", ["KAFKA_SASL_MECHANISM"], text, "unset one of them")] };
  }
  if (settings.KAFKA_KERBEROS_ENABLED) return kerberos(settings, outputs, target, system);
  if (mechanism === "none") return nothing;
  return mechanism === "OAUTHBEARER" ? oauth(settings) : password(mechanism, settings);
}

function kerberos(settings: KafkaSettings, outputs: FeatureOutputs, { variable }: Target, system: System): Sasl {
  const name = "KAFKA_KERBEROS_ENABLED";
  const serviceName = settings.KAFKA_KERBEROS_SERVICE_NAME ?? "kafka";
  const given = settings.KAFKA_KERBEROS_SERVICE_NAME;
  const service =
    given === undefined
      ? byDefault("sasl.kerberos.service.name", serviceName)
      : plain("sasl.kerberos.service.name", given, "KAFKA_KERBEROS_SERVICE_NAME");
  const sasl = { ...nothing, mechanism: "GSSAPI", settings: [service] };
  if (outputs.kerberos === undefined) {
    // If Kerberos is enabled but invalid, the Kerberos feature reports it.
    if (variable("KERBEROS_ENABLED") !== undefined) return sasl;
    const hint = `set KERBEROS_ENABLED=true, or unset ${name}`;
    return { ...sasl, problems: [problem("needs-kerberos", [name], "it needs KERBEROS_ENABLED=true", hint)] };
  }
  const { KAFKA_KERBEROS_KEYTAB: keytab, KAFKA_KERBEROS_PRINCIPAL: principal } = settings;
  if (keytab === undefined && principal === undefined) {
    // The SQL connector finds Flink's JAAS context. Kafka's own tools, and what else is no part of Flink, have none.
    const own = outputs.kerberos;
    const login = own.principal === undefined ? [] : [{ ...krb5Login(own.keytab, own.principal), sql: undefined }];
    const ticket = ticketLogin(serviceName, ["KERBEROS_KEYTAB", own.keytab], own.principal, own.realms);
    return { ...sasl, ...ticket, settings: [service, ...login], isFlinks: true };
  }
  const path = keytab ?? outputs.kerberos.keytab;
  const from = keytab === undefined ? "KERBEROS_KEYTAB" : "KAFKA_KERBEROS_KEYTAB";
  const check = checkKeytab({
    variable: from,
    path,
    principalVariable: "KAFKA_KERBEROS_PRINCIPAL",
    principal,
    realm: outputs.kerberos.realm,
    system,
  });
  const login = krb5Login(path, check.principal ?? "");
  const ticket = ticketLogin(serviceName, [from, path], check.principal, outputs.kerberos.realms);
  return { ...sasl, ...ticket, settings: [service, login], problems: check.problems, notices: check.notices };
}

/** None if the principal is unknown: that is a problem of the plan. */
function ticketLogin(
  service: string,
  where: readonly [variable: string, keytab: string],
  principal: string | undefined,
  realms: readonly RealmKdcs[],
): { readonly login?: SaslLogin } {
  if (principal === undefined) return {};
  return { login: { mechanism: "GSSAPI", service, login: { where, keytab: where[1], principal, realms } } };
}

function krb5Login(keyTab: string, principal: string): ClientSetting {
  const options = { useKeyTab: "true", storeKey: "true", useTicketCache: "false", doNotPrompt: "true" };
  const module = "com.sun.security.auth.module.Krb5LoginModule";
  return jaasConfig({ module, options: { ...options, keyTab, principal } }, "KAFKA_KERBEROS_ENABLED");
}

function password(mechanism: PasswordMechanism, settings: KafkaSettings): Sasl {
  const { KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: secret } = settings;
  const problems = [
    ...missing(username, "KAFKA_SASL_USERNAME", mechanism),
    ...missing(secret, "KAFKA_SASL_PASSWORD", mechanism),
  ];
  if (username === undefined || secret === undefined) return { ...nothing, mechanism, problems };
  const module = mechanism === "PLAIN" ? `${security}.plain.PlainLoginModule` : `${security}.scram.ScramLoginModule`;
  const jaas = jaasConfig({ module, options: { username } }, "KAFKA_SASL_MECHANISM", { option: "password", secret });
  const login = { mechanism, username, password: secret };
  return { ...nothing, mechanism, login, settings: [jaas] };
}

function oauth(settings: KafkaSettings): Sasl {
  const endpoint = settings.KAFKA_OAUTH_TOKEN_ENDPOINT?.replace(/^https?:/i, (scheme) => scheme.toLowerCase());
  const { KAFKA_OAUTH_CLIENT_ID: clientId, KAFKA_OAUTH_SCOPE: scope } = settings;
  const { KAFKA_OAUTH_CLIENT_SECRET: secret } = settings;
  const mechanism = "OAUTHBEARER" as const;
  const problems = [
    ...missing(endpoint, "KAFKA_OAUTH_TOKEN_ENDPOINT", mechanism),
    ...missing(clientId, "KAFKA_OAUTH_CLIENT_ID", mechanism),
    ...missing(secret, "KAFKA_OAUTH_CLIENT_SECRET", mechanism),
  ];
  if (endpoint !== undefined && !/^https?:\/\/[\w.:[\]-]+[\w./~%-]*$/.test(endpoint)) {
    const text = "it is not a URL that an option of the JVM can hold";
    const hint = "write it as https://host/path, without a user and a query";
    problems.push(problem("bad-endpoint", ["KAFKA_OAUTH_TOKEN_ENDPOINT"], text, hint));
  }
  if (problems.length > 0 || endpoint === undefined || clientId === undefined || secret === undefined) {
    return { ...nothing, mechanism, problems };
  }
  const options = scope === undefined ? { clientId } : { clientId, scope };
  return {
    ...nothing,
    mechanism,
    login: { mechanism },
    settings: [
      jaasConfig({ module: `${security}.oauthbearer.OAuthBearerLoginModule`, options }, "KAFKA_SASL_MECHANISM", {
        option: "clientSecret",
        secret,
      }),
      plain("sasl.oauthbearer.token.endpoint.url", endpoint, "KAFKA_OAUTH_TOKEN_ENDPOINT"),
      className(
        "sasl.login.callback.handler.class",
        `${security}.oauthbearer.OAuthBearerLoginCallbackHandler`,
        "KAFKA_SASL_MECHANISM",
      ),
    ],
    urls: [endpoint],
    notices: plaintextEndpoint(endpoint, ["KAFKA_OAUTH_TOKEN_ENDPOINT"], "KAFKA_OAUTH_TOKEN_ENDPOINT"),
  };
}

function missing(value: unknown, variable: string, mechanism: string): readonly Problem[] {
  if (value !== undefined) return [];
  return [
    problem("no-credentials", [variable], `${mechanism} needs it`, `set ${variable}, or unset KAFKA_SASL_MECHANISM`),
  ];
}
