import type { MergedFlinkConf, Target } from "../../core/feature/feature.ts";
import type { Secret } from "../../secret.ts";
import type { Bucket, S3Credentials, S3Endpoint } from "./probe/bucket.ts";

/** A value with the key, or the variable, that sets it. */
interface Found {
  readonly value: string | Secret;
  readonly where: readonly string[];
}

/** Flink's file systems for S3 take `s3.`, and what Hadoop and Presto call their own (AbstractS3FileSystemFactory, 1.20 to 2.3). */
const prefixes = ["s3.", "s3a.", "fs.s3a.", "presto.s3."];

/** The first of these names that is set, with dots and with dashes. */
function find(conf: MergedFlinkConf, ...names: readonly string[]): Found | undefined {
  const keys = names.flatMap((name) =>
    prefixes.flatMap((prefix) => [prefix + name, prefix + name.replaceAll(".", "-")]),
  );
  for (const key of keys) {
    const entry = conf.get(key);
    if (entry !== undefined) return { value: entry.value, where: [entry.owner, key] };
  }
  return undefined;
}

/** The buckets that paths of Flink's configuration name, each with the shortest of its prefixes. */
export function bucketsOf(conf: MergedFlinkConf): readonly Pick<Bucket, "where" | "name" | "prefix">[] {
  const found = new Map<string, Pick<Bucket, "where" | "name" | "prefix">>();
  for (const [key, { value, owner }] of conf) {
    if (typeof value !== "string") continue;
    const [, name, path = ""] = /^(?:sealed\+)?s3[ap]?:\/\/([\w.-]+)(?:\/([^?#]*))?$/.exec(value) ?? [];
    if (name === undefined) continue;
    const prefix = path.replace(/\/+$/, "");
    const known = found.get(name);
    if (known === undefined || prefix.length < known.prefix.length)
      found.set(name, { where: [owner, key], name, prefix });
  }
  return [...found.values()];
}

/** Where requests go; undefined for an endpoint that is not a URL with a host. */
export function endpointOf(conf: MergedFlinkConf, variable: Target["variable"]): S3Endpoint | undefined {
  const region = regionOf(conf, variable);
  const isPathStyle = String(find(conf, "path.style.access")?.value).toLowerCase() === "true";
  const endpoint = find(conf, "endpoint");
  if (endpoint === undefined) {
    const host = `s3.${region}.amazonaws.com`;
    return { where: [], scheme: "https", address: { host, port: 443 }, region, isPathStyle };
  }
  const [, scheme = hasTls(conf) ? "https" : "http", host, port] =
    /^(?:(https?):\/\/)?([\w.-]+|\[[\da-f:]+\])(?::(\d{1,5}))?\/?$/i.exec(String(endpoint.value)) ?? [];
  if (host === undefined) return undefined;
  const isSecure = scheme.toLowerCase() === "https";
  return {
    where: endpoint.where,
    scheme: isSecure ? "https" : "http",
    address: {
      host: host.replace(/^\[(.*)\]$/, "$1"),
      port: port === undefined ? (isSecure ? 443 : 80) : Number(port),
    },
    region,
    isPathStyle,
  };
}

/** What an endpoint without a scheme means (fs.s3a.connection.ssl.enabled, presto.s3.ssl.enabled). */
export function hasTls(conf: MergedFlinkConf): boolean {
  const found = find(conf, "connection.ssl.enabled", "ssl.enabled");
  return found === undefined || String(found.value).toLowerCase() !== "false";
}

function regionOf(conf: MergedFlinkConf, variable: Target["variable"]): string {
  const found =
    find(conf, "endpoint.region", "region")?.value ?? variable("AWS_REGION") ?? variable("AWS_DEFAULT_REGION");
  return typeof found === "string" && found !== "" ? found : "us-east-1";
}

/**
 * The access key of the configuration, else that of the environment, each with its own session token. Undefined where the platform
 * gives credentials to the JVM.
 */
export function credentialsOf(conf: MergedFlinkConf, variable: Target["variable"]): S3Credentials | undefined {
  const inConf = {
    id: find(conf, "access.key"),
    secret: find(conf, "secret.key"),
    token: find(conf, "session.token"),
  };
  const inEnvironment = {
    id: ofVariable("AWS_ACCESS_KEY_ID", variable),
    secret: ofVariable("AWS_SECRET_ACCESS_KEY", variable),
    token: ofVariable("AWS_SESSION_TOKEN", variable),
  };
  const isInConf = inConf.id !== undefined || inConf.secret !== undefined;
  const { id, secret, token } = isInConf ? inConf : inEnvironment;
  if (id === undefined || secret === undefined) return undefined;
  return { where: id.where, id: id.value, secret: secret.value, token: token?.value };
}

function ofVariable(name: string, variable: Target["variable"]): Found | undefined {
  const value = variable(name);
  return value === undefined || value === "" ? undefined : { value, where: [name] };
}
