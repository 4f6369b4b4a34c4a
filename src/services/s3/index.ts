import type { Feature, MergedFlinkConf, Target } from "../../core/feature/feature.ts";
import type { Probe } from "../../core/feature/probe.ts";
import { type Notice, problemCatalogue } from "../../core/findings/problem.ts";
import type { System } from "../../core/system/system.ts";
import { bucketsOf, credentialsOf, endpointOf, hasTls } from "./connection.ts";
import type { S3Credentials } from "./probe/bucket.ts";
import { BucketProbe } from "./probe/probe-bucket.ts";
import { bucketProblems } from "./probe/problems.ts";

/** The names of S3 endpoints (AbstractS3FileSystemFactory and its Hadoop and Presto factories, Flink 1.20 to 2.3). */
const endpointKeys = ["s3.endpoint", "s3a.endpoint", "fs.s3a.endpoint", "presto.s3.endpoint"];

/** A sidecar's address: nothing crosses the network. */
const loopback = /^(?:http:\/\/)?(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?:[:/]|$)/i;

/** Warns of object stores that are addressed without TLS, and has `sluice check` list each bucket. */
export const objectStorage: Feature = {
  name: "object-storage",
  title: "Object storage",
  about:
    "An S3 endpoint with http:// is a warning. `sluice check` lists each bucket that Flink's paths name, with a signed request.",
  env: {},
  problems: problemCatalogue("object-storage", {}),
  networkProblems: [bucketProblems],
  enabled: () => true,
  plan: (_settings, { variable }, system) => ({
    requires: plaintextEndpoints,
    confProbes: (conf) => bucketProbes(conf, variable, system),
  }),
};

function plaintextEndpoints(conf: MergedFlinkConf): readonly Notice[] {
  return endpointKeys.flatMap((key): readonly Notice[] => {
    const entry = conf.get(key);
    const endpoint = String(entry?.value ?? "");
    if (entry === undefined || loopback.test(endpoint)) return [];
    if (!/^http:/i.test(endpoint) && (/^https:/i.test(endpoint) || hasTls(conf))) return [];
    const text = "state, job data and session tokens cross the network in plaintext";
    const hint = `set ${key} to the https:// URL of the endpoint, and S3_SSL_ENABLED=true if a private CA issued its certificate`;
    return [{ level: "warning", where: [entry.owner, key], text, hint }];
  });
}

const tls = {
  trustVariable: "S3_SSL_CA_DIR",
  unverifiedBy: undefined,
  identity: undefined,
  identityHint: "Flink's file systems for S3 show no client certificate: have the store ask for none",
};

/** Without an access key or a valid endpoint, the probe only reports why it does not ask. */
function bucketProbes(conf: MergedFlinkConf, variable: Target["variable"], system: System): readonly Probe[] {
  const endpoint = endpointOf(conf, variable);
  const credentials = credentialsOf(conf, variable);
  return bucketsOf(conf).map((bucket) => {
    if (credentials !== undefined && hasControlCharacter(credentials, system)) {
      const text = `bucket ${bucket.name} was not tried: the access key has a line break or another control character`;
      const finding = { level: "warning", where: credentials.where, text, hint: "write the key on one line" } as const;
      return { what: `bucket ${bucket.name}`, run: async () => [finding] };
    }
    if (endpoint !== undefined && credentials !== undefined)
      return new BucketProbe({ ...bucket, endpoint, credentials, tls });
    const isKeyMissing = endpoint !== undefined;
    const text = isKeyMissing
      ? `bucket ${bucket.name} was not tried: no access key is set, so the platform gives credentials to the JVM`
      : `bucket ${bucket.name} was not tried: the endpoint of S3 is not a valid URL`;
    const level = isKeyMissing ? "info" : "warning";
    return { what: `bucket ${bucket.name}`, run: async () => [{ level, where: bucket.where, text }] };
  });
}

/** It would end a header of the request. */
function hasControlCharacter({ id, secret, token = "" }: S3Credentials, system: System): boolean {
  // oxlint-disable-next-line no-control-regex -- these are what it looks for.
  const control = /[\0-\x1f\x7f]/;
  return [id, secret, token].some((text) =>
    typeof text === "string" ? control.test(text) : system.secretMatches(text, control),
  );
}
