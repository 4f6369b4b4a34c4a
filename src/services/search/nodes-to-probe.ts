import { readAddress } from "../../core/system/network.ts";
import type { Secret } from "../../secret.ts";
import { hostUrl } from "./check-service.ts";
import type { SearchNode } from "./probe/search-node.ts";
import type { SearchService } from "./settings.ts";

/** The rendered client files have no client certificate. Keys of Elasticsearch 8 and of OpenSearch's security plugin 2. */
const hints = {
  ELASTICSEARCH:
    "set xpack.security.http.ssl.client_authentication: optional on the nodes of ELASTICSEARCH_HOSTS, and log in with ELASTICSEARCH_USERNAME or ELASTICSEARCH_API_KEY",
  OPENSEARCH:
    "set plugins.security.ssl.http.clientauth_mode: OPTIONAL on the nodes of OPENSEARCH_HOSTS, and log in with OPENSEARCH_USERNAME",
};

/** The nodes that `sluice check` tries: each one that the settings name. */
export function nodesToProbe(service: SearchService): readonly SearchNode[] {
  const { prefix, hosts, apiKey, verifiesHostname } = service;
  const unverifiedBy = verifiesHostname === false ? `${prefix}_SSL_VERIFY_HOSTNAME` : undefined;
  const tls = { trustVariable: `${prefix}_SSL_CA_DIR`, unverifiedBy, identity: undefined, identityHint: hints[prefix] };
  return hosts.flatMap((host): readonly SearchNode[] => {
    const [, scheme, authority = "", path = ""] = /^(https?):\/\/([^/]+)(\/.*)?$/.exec(hostUrl(host, service)) ?? [];
    const address = readAddress(authority);
    if (address === undefined) return [];
    return [
      {
        where: [`${prefix}_HOSTS`],
        product: prefix === "OPENSEARCH" ? "OpenSearch" : "Elasticsearch",
        address,
        path: path === "" ? "/" : path,
        authorization: authorizationOf(service),
        credentials: apiKey === undefined ? [`${prefix}_USERNAME`, `${prefix}_PASSWORD`] : [`${prefix}_API_KEY`],
        tls: scheme === "https" ? tls : undefined,
      },
    ];
  });
}

function authorizationOf({ username, password, apiKey }: SearchService): Secret | undefined {
  if (apiKey !== undefined) return apiKey.map((key) => `ApiKey ${key}`);
  if (username === undefined) return undefined;
  return password?.map((text) => `Basic ${Buffer.from(`${username}:${text}`, "utf8").toString("base64")}`);
}
