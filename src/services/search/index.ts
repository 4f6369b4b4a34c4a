import { join } from "node:path/posix";
import type { Settings } from "../../core/settings/declaration.ts";
import type { Feature, FeatureOutputs } from "../../core/feature/feature.ts";
import { separate } from "../../core/findings/findings.ts";
import { notRead } from "../../core/settings/unused-variables.ts";
import type { PlannedFile } from "../../core/plan/plan.ts";
import type { Notice } from "../../core/findings/problem.ts";
import { pathForJobs } from "../../core/plan/run-dir.ts";
import type { Secret } from "../../secret.ts";
import { escapePropertyKey, escapePropertyValue } from "../../formats/java-properties.ts";
import { renderTemplate } from "../../templates/render.ts";
import { checkService, hostUrl } from "./check-service.ts";
import { nodesToProbe } from "./nodes-to-probe.ts";
import { SearchNodeProbe } from "./probe/probe-node.ts";
import { searchClusterProblems } from "./probe/problems.ts";
import { searchProblems } from "./problems.ts";
import { env, type SearchService, searchServices } from "./settings.ts";

/** What jobs need to reach Elasticsearch and OpenSearch. */
export const search: Feature<typeof env> = {
  name: "search",
  title: "Elasticsearch and OpenSearch",
  about:
    "Rendered for jobs: ELASTICSEARCH_CLIENT_PROPERTIES and OPENSEARCH_CLIENT_PROPERTIES name files with hosts, username and password as Flink's SQL connectors call them, api-key, verify-hostname, and truststore with its type.",
  env,
  problems: searchProblems,
  networkProblems: [searchClusterProblems],
  turnOn: "ELASTICSEARCH_HOSTS or OPENSEARCH_HOSTS",
  enabled: (settings) => searchServices(settings).length > 0,
  needs: ["truststore"],
  plan: (settings, target, _system, outputs) => {
    const services = searchServices(settings);
    const files = services.map((service) => clientFile(service, outputs, target.roleDir));
    const variables = services.map(({ prefix }, index) => [
      `${prefix}_CLIENT_PROPERTIES`,
      pathForJobs(files[index]?.path ?? "", target),
    ]);
    const probes = services.flatMap(nodesToProbe).map((node) => new SearchNodeProbe(node));
    const findings = [...services.flatMap(checkService), ...unreadSecrets(settings, services)];
    return { files, probes, env: Object.fromEntries(variables), ...separate(findings) };
  },
};

/** Secrets of the service that is not configured, beside one that is. */
function unreadSecrets(settings: Settings<typeof env>, services: readonly SearchService[]): readonly Notice[] {
  const absent = (["ELASTICSEARCH", "OPENSEARCH"] as const).filter(
    (name) => !services.some(({ prefix }) => prefix === name),
  );
  return absent.flatMap((name) =>
    notRead(settings, [`${name}_PASSWORD`, `${name}_API_KEY`], `set ${name}_HOSTS as well`),
  );
}

function clientFile(service: SearchService, { truststore }: FeatureOutputs, dir: string): PlannedFile {
  const { prefix, username, password, apiKey, verifiesHostname, hasTls } = service;
  const properties: Readonly<Record<string, string | Secret | undefined>> = {
    // The SQL connectors' separator.
    hosts: service.hosts.map((host) => hostUrl(host, service)).join(";"),
    username,
    password,
    "api-key": apiKey,
    "verify-hostname": verifiesHostname === undefined ? undefined : String(verifiesHostname),
    truststore: hasTls ? truststore?.path : undefined,
    "truststore.type": hasTls ? truststore?.type : undefined,
  };
  const lines = Object.entries(properties).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const escaped = typeof value === "string" ? escapePropertyValue(value) : value.map(escapePropertyValue);
    return [{ key: escapePropertyKey(key), value: escaped }];
  });
  const text = renderTemplate("client.properties", { prefix, properties: lines });
  const path = join(dir, `${prefix.toLowerCase()}-client.properties`);
  return { path, mode: 0o600, content: { kind: "text", text }, forJobs: true };
}
