import type { Secret } from "../../secret.ts";
import type { Settings } from "../../core/settings/declaration.ts";
import { list, optionalFlag, parseFlag, secret, text } from "../../core/settings/variables.ts";

const hosts = (service: string) =>
  list({
    desc: `${service}'s nodes, each as URL or as host or host:port (9200); https where its _SSL_ENABLED is true`,
    example: "https://search.corp.example:9200",
  });
const username = text({ desc: "User name for basic authentication", expects: "a user name" });
const password = secret({ desc: "Its password" });
const verify = optionalFlag({
  desc: "Whether the nodes' certificate must have their name; false accepts any trusted certificate",
  defaultText: "true",
});

/** The variables of both services; `<SERVICE>_SSL_ENABLED` is of the family that trust has. */
export const env = {
  ELASTICSEARCH_HOSTS: hosts("Elasticsearch"),
  ELASTICSEARCH_USERNAME: username,
  ELASTICSEARCH_PASSWORD: password,
  ELASTICSEARCH_API_KEY: secret({ desc: "API key, base64 as Elasticsearch gives it, instead of a user" }),
  ELASTICSEARCH_SSL_VERIFY_HOSTNAME: verify,
  OPENSEARCH_HOSTS: hosts("OpenSearch"),
  OPENSEARCH_USERNAME: username,
  OPENSEARCH_PASSWORD: password,
  OPENSEARCH_SSL_VERIFY_HOSTNAME: verify,
};

/** The settings of one service. */
export interface SearchService {
  /** What its variables start with. */
  readonly prefix: "ELASTICSEARCH" | "OPENSEARCH";
  readonly hosts: readonly string[];
  readonly username: string | undefined;
  readonly password: Secret | undefined;
  readonly apiKey: Secret | undefined;
  readonly verifiesHostname: boolean | undefined;
  readonly hasTls: boolean;
}

/** The services that have settings; a secret alone does not count. */
export function searchServices(settings: Settings<typeof env>): readonly SearchService[] {
  const hasTls = (prefix: string) => parseFlag(settings.families["<SERVICE>_SSL_ENABLED"]?.[prefix] ?? "") === true;
  const services: readonly SearchService[] = [
    {
      prefix: "ELASTICSEARCH",
      hosts: settings.ELASTICSEARCH_HOSTS,
      username: settings.ELASTICSEARCH_USERNAME,
      password: settings.ELASTICSEARCH_PASSWORD,
      apiKey: settings.ELASTICSEARCH_API_KEY,
      verifiesHostname: settings.ELASTICSEARCH_SSL_VERIFY_HOSTNAME,
      hasTls: hasTls("ELASTICSEARCH"),
    },
    {
      prefix: "OPENSEARCH",
      hosts: settings.OPENSEARCH_HOSTS,
      username: settings.OPENSEARCH_USERNAME,
      password: settings.OPENSEARCH_PASSWORD,
      apiKey: undefined,
      verifiesHostname: settings.OPENSEARCH_SSL_VERIFY_HOSTNAME,
      hasTls: hasTls("OPENSEARCH"),
    },
  ];
  return services.filter(
    ({ hosts: some, username: user, verifiesHostname }) =>
      some.length > 0 || user !== undefined || verifiesHostname !== undefined,
  );
}
