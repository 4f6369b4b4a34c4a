import { problemCatalogue } from "../../../core/findings/problem.ts";

/** What `sluice check` finds at Elasticsearch and OpenSearch. */
export const searchClusterProblems = problemCatalogue("search-cluster", {
  "unknown-host": "DNS has no address for the node.",
  refused: "Nothing takes connections where the node should be.",
  silent: "The node cannot be reached, or does not answer.",
  "needs-tls": "The port takes TLS only, and is addressed by http.",
  "no-tls": "The port has no TLS, and is addressed by https.",
  unauthorized: "The cluster does not take the credentials, or wants some (status 401).",
  "unexpected-answer": "The server is not a search cluster, or it cannot serve.",
});
