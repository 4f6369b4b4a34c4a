import { readAddress } from "../../core/network.ts";
import type { SearchProbe } from "../../core/probe.ts";
import type { Secret } from "../../core/secret.ts";
import { hostUrl } from "./check-service.ts";
import type { SearchService } from "./settings.ts";

/** What `sluice check` tries of a search cluster: each node that is named. */
export function searchProbes(service: SearchService): readonly SearchProbe[] {
  const { prefix, hosts, apiKey, verifiesHostname } = service;
  const unverifiedBy = verifiesHostname === false ? `${prefix}_SSL_VERIFY_HOSTNAME` : undefined;
  const tls = { trustVariable: `${prefix}_SSL_CA_DIR`, unverifiedBy, identity: undefined };
  return hosts.flatMap((host): readonly SearchProbe[] => {
    const [, scheme, authority = "", path = ""] = /^(https?):\/\/([^/]+)(\/.*)?$/.exec(hostUrl(host, service)) ?? [];
    const address = readAddress(authority);
    if (address === undefined) return [];
    return [
      {
        kind: "search",
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
