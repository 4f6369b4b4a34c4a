import { describe, expect, it } from "vitest";
import { search } from "../../../src/services/search/index.ts";
import { readProperties } from "../../../src/formats/java-properties.ts";
import { openText } from "../../support/open-text.ts";
import { type PlannedFeature, planFeature, type World } from "../../support/plan-feature.ts";

function planSearch(environment: Readonly<Record<string, string>>, world: World = {}): PlannedFeature {
  // The family is trust's.
  const envPatterns = [{ name: "<SERVICE>_SSL_ENABLED", desc: "", expects: "", example: "" }];
  return planFeature({ ...search, envPatterns }, { ...world, environment });
}

function properties({ contribution }: PlannedFeature, service: string): Readonly<Record<string, string>> {
  const path = `/tmp/sluice-9999/jobmanager/${service}-client.properties`;
  const content = contribution.files?.find((file) => file.path === path)?.content;
  return Object.fromEntries(readProperties(content?.kind === "text" ? openText(content.text) : ""));
}

describe("search", () => {
  const tls = { ELASTICSEARCH_SSL_ENABLED: "true" };

  it.each([
    ["es", {}, "http://es:9200"],
    ["es", tls, "https://es:9200"],
    ["es:9300; [::1]", tls, "https://es:9300;https://[::1]:9200"],
    ["https://es/", {}, "https://es:9200"],
    ["https://es:443/search/a", {}, "https://es:443/search/a"],
  ])("%s with %j is at %s", (hosts, more, expected) => {
    const planned = planSearch({ ELASTICSEARCH_HOSTS: hosts, ...more });
    expect(planned.problemLines).toEqual([]);
    expect(properties(planned, "elasticsearch")).toEqual({ hosts: expected });
  });

  it("gives each service a file of its own, and jobs its path", () => {
    const planned = planSearch(
      {
        ...tls,
        ELASTICSEARCH_HOSTS: "es",
        ELASTICSEARCH_API_KEY: "planted==",
        OPENSEARCH_HOSTS: "https://os",
        OPENSEARCH_USERNAME: "flink",
        OPENSEARCH_PASSWORD: " planted=:ö",
      },
      { outputs: { truststore: { path: "/run/truststore.p12", type: "PKCS12" } } },
    );
    expect(planned.problemLines).toEqual([]);
    expect(planned.contribution.env).toEqual({
      ELASTICSEARCH_CLIENT_PROPERTIES: "/tmp/sluice-9999/elasticsearch-client.properties",
      OPENSEARCH_CLIENT_PROPERTIES: "/tmp/sluice-9999/opensearch-client.properties",
    });
    expect(properties(planned, "elasticsearch")).toEqual({
      hosts: "https://es:9200",
      "api-key": "planted==",
      truststore: "/run/truststore.p12",
      "truststore.type": "PKCS12",
    });
    expect(properties(planned, "opensearch")).toEqual({
      hosts: "https://os:9200",
      username: "flink",
      password: " planted=:ö",
    });
    expect(JSON.stringify(planned.contribution)).not.toContain("planted");
  });

  it("plans nothing for a secret alone", () => {
    expect(planSearch({ ELASTICSEARCH_PASSWORD: "planted" }).contribution).toEqual({});
  });
});
