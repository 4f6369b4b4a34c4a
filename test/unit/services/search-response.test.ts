import { describe, expect, it } from "vitest";
import { Secret } from "../../../src/secret.ts";
import { judgeResponse } from "../../../src/services/search/probe/judge-response.ts";

const probe = {
  kind: "search",
  where: ["OPENSEARCH_HOSTS"],
  product: "OpenSearch",
  address: { host: "search", port: 9200 },
  path: "/",
  authorization: new Secret("OPENSEARCH_PASSWORD", () => "Basic x"),
  credentials: ["OPENSEARCH_USERNAME", "OPENSEARCH_PASSWORD"],
  tls: undefined,
} as const;

const version = (number: string, distribution?: string) => JSON.stringify({ version: { number, distribution } });

describe("judgeResponse", () => {
  it.each([
    [200, version("2.19.4", "opensearch"), "info this is OpenSearch 2.19.4"],
    [200, version("8.19.21"), "warning this is Elasticsearch 8.19.21, and not OpenSearch"],
    [200, "<html>", "search-cluster/unexpected-answer it answers with status 200, and not as a cluster does"],
    [200, "{}", "search-cluster/unexpected-answer it answers with status 200, and not as a cluster does"],
    [401, "", "search-cluster/unauthorized it does not take the credentials (401)"],
    [403, "", "warning it takes the credentials, and the user may not ask which cluster this is (403)"],
    [503, "", "search-cluster/unexpected-answer it answers with status 503, and not as a cluster does"],
  ])("%i %s", (status, body, expected) => {
    const [finding] = judgeResponse({ status, body }, probe, probe.where);
    const kind = finding && ("code" in finding ? finding.code : finding.level);
    expect(`${kind} ${finding?.text}`).toBe(expected);
  });
});
