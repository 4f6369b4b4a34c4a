import { fullBacklog, webServer } from "../../support/strange-servers.ts";
import { planted } from "../../support/planted.ts";
import type { Fault } from "./fault.ts";
import type { SearchLab } from "./search-lab.ts";

export const searchFaults: readonly Fault<SearchLab>[] = [
  {
    name: "the node's name is wrong",
    make: (lab) => ({ env: lab.env({ ELASTICSEARCH_HOSTS: "https://search.nowhere.invalid:9200" }) }),
    code: "search-cluster/unknown-host",
    hint: "ELASTICSEARCH_HOSTS",
  },
  {
    name: "nothing listens on the node's port",
    make: (lab) => ({ env: lab.env({ ELASTICSEARCH_HOSTS: "https://localhost:1" }) }),
    code: "search-cluster/refused",
    hint: "start the cluster",
  },
  {
    name: "the node hangs",
    make: (lab) => {
      lab.server.process?.pause();
      return { env: lab.env(), undo: () => lab.server.process?.resume() };
    },
    code: "search-cluster/silent",
    hint: "network policies",
  },
  {
    name: "a firewall drops what goes to the node",
    make: async (lab) => {
      const server = await fullBacklog();
      return {
        env: lab.env({ ELASTICSEARCH_HOSTS: `https://127.0.0.1:${server.port}` }),
        undo: () => server.stop(),
      };
    },
    code: "search-cluster/silent",
    hint: "open port",
  },
  {
    name: "http to a port with TLS",
    make: (lab) => ({ env: lab.plain(lab.server.url.replace("https:", "http:")) }),
    code: "search-cluster/needs-tls",
    hint: "ELASTICSEARCH_SSL_ENABLED=true",
  },
  {
    name: "https to a port without TLS",
    make: async (lab) => {
      const server = await webServer("{}");
      return { env: lab.env({ ELASTICSEARCH_HOSTS: `localhost:${server.port}` }), undo: () => server.stop() };
    },
    code: "search-cluster/no-tls",
    hint: "name the port for TLS",
  },
  {
    name: "something else answers",
    make: async (lab) => {
      const server = await webServer("<html>hello</html>");
      return { env: lab.plain(`http://localhost:${server.port}`), undo: () => server.stop() };
    },
    code: "search-cluster/unexpected-answer",
    hint: "a node of the cluster",
  },
  {
    name: "the password is wrong",
    make: (lab) => ({ env: lab.env({ ELASTICSEARCH_PASSWORD: `${planted}-wrong` }) }),
    code: "search-cluster/unauthorized",
    hint: "correct ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD",
  },
  {
    name: "there are no credentials",
    make: (lab) => ({ env: lab.env({ ELASTICSEARCH_USERNAME: "", ELASTICSEARCH_PASSWORD: "" }) }),
    code: "search-cluster/unauthorized",
    hint: "set ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD",
  },
  {
    name: "the API key is wrong",
    make: (lab) => ({
      env: lab.env({
        ELASTICSEARCH_USERNAME: "",
        ELASTICSEARCH_PASSWORD: "",
        ELASTICSEARCH_API_KEY: Buffer.from(`id:${planted}`).toString("base64"),
      }),
    }),
    code: "search-cluster/unauthorized",
    hint: "correct ELASTICSEARCH_API_KEY",
  },
  {
    name: "the cluster's CA is not trusted",
    make: (lab) => ({ env: lab.env({ ELASTICSEARCH_SSL_CA_DIR: lab.foreignCa.folder }) }),
    code: "peer/untrusted",
    hint: "folder of ELASTICSEARCH_SSL_CA_DIR",
  },
  {
    name: "the cluster's certificate has another name",
    make: (lab) => ({ env: lab.env({ ELASTICSEARCH_HOSTS: lab.server.url.replace("localhost", "127.0.0.1") }) }),
    code: "peer/other-name",
    hint: "have one issued for 127.0.0.1",
  },
  {
    name: "Elasticsearch is taken for OpenSearch, which is a warning",
    make: (lab) => {
      const renamed = Object.entries(lab.env()).map(([name, value]) => [
        name.replace("ELASTICSEARCH", "OPENSEARCH"),
        value,
      ]);
      return { env: Object.fromEntries(renamed) as Readonly<Record<string, string>> };
    },
    hint: "use the variables of Elasticsearch",
  },
];
