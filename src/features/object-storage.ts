import type { Feature, MergedFlinkConf } from "../core/feature/feature.ts";
import { type Notice, problemCatalogue } from "../core/findings/problem.ts";

/** The names of S3 endpoints (AbstractS3FileSystemFactory and its Hadoop and Presto factories, Flink 1.20 to 2.3). */
const endpointKeys = ["s3.endpoint", "s3a.endpoint", "fs.s3a.endpoint", "presto.s3.endpoint"];

/** A sidecar's address: nothing crosses the network. */
const loopback = /^http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?:[:/]|$)/i;

/** Warns of object stores that are addressed without TLS. */
export const objectStorage: Feature = {
  name: "object-storage",
  title: "Object storage",
  about: "An S3 endpoint with http:// is a warning.",
  env: {},
  problems: problemCatalogue("object-storage", {}),
  enabled: () => true,
  plan: () => ({ requires: plaintextEndpoints }),
};

function plaintextEndpoints(conf: MergedFlinkConf): readonly Notice[] {
  return endpointKeys.flatMap((key): readonly Notice[] => {
    const entry = conf.get(key);
    const endpoint = String(entry?.value ?? "");
    if (entry === undefined || !/^http:/i.test(endpoint) || loopback.test(endpoint)) return [];
    const text = "state, job data and session tokens cross the network in plaintext";
    const hint = `set ${key} to the https:// URL of the endpoint, and S3_SSL_ENABLED=true if a private CA issued its certificate`;
    return [{ level: "warning", where: [entry.owner, key], text, hint }];
  });
}
