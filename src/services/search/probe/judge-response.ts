import type { Finding } from "../../../core/findings/findings.ts";
import type { HttpResponse } from "../../../formats/http-response.ts";
import { searchClusterProblems } from "./problems.ts";
import type { SearchNode } from "./search-node.ts";

const { problem } = searchClusterProblems;

/** What the answer to `GET /` means for a job. */
export function judgeResponse(
  { status, body }: HttpResponse,
  node: SearchNode,
  where: readonly string[],
): readonly Finding[] {
  const credentials = node.credentials.join(" and ");
  if (status === 401) {
    const hint =
      node.authorization === undefined
        ? `set ${credentials}`
        : `correct ${credentials}, or add the user to the cluster`;
    const text =
      node.authorization === undefined ? "it wants credentials, and none are set" : "it does not take the credentials";
    return [problem("unauthorized", where, `${text} (401)`, hint)];
  }
  if (status === 403) {
    const text = "it takes the credentials, and the user may not ask which cluster this is (403)";
    const hint = "make sure that the user may write to the indices of the jobs";
    return [{ level: "warning", where, text, hint }];
  }
  const facts = status === 200 ? factsOf(body) : undefined;
  if (facts === undefined) {
    const hint = "name a node of the cluster, and look into its log";
    return [problem("unexpected-answer", where, `it answers with status ${status}, and not as a cluster does`, hint)];
  }
  const { product, version } = facts;
  const text = `this is ${product} ${version}`;
  if (product === node.product) return [{ level: "info", where, text }];
  const hint = `use the variables of ${product}: the connector of ${node.product} 7 and newer hangs or refuses there`;
  return [{ level: "warning", where, text: `${text}, and not ${node.product}`, hint }];
}

function factsOf(body: string): { readonly product: SearchNode["product"]; readonly version: string } | undefined {
  try {
    const { version } = JSON.parse(body) as {
      readonly version?: { readonly number?: unknown; readonly distribution?: unknown };
    };
    if (typeof version?.number !== "string") return undefined;
    return { product: version.distribution === "opensearch" ? "OpenSearch" : "Elasticsearch", version: version.number };
  } catch {
    return undefined;
  }
}
