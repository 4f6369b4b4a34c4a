import { pbkdf2Sync, randomBytes } from "node:crypto";
import { copyFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { stringify } from "yaml";
import type { CertificateFiles } from "./certificates.ts";
import type { SearchKind } from "./search-homes.ts";

export interface SearchConfiguration {
  readonly kind: SearchKind;
  readonly home: string;
  readonly folder: string;
  readonly httpPort: number;
  readonly transportPort: number;
  readonly certificate: CertificateFiles;
  /** Passwords by name; each of them may do everything. */
  readonly users: Readonly<Record<string, string>>;
  /** Bytes of the longest request, such as `1mb`; the server's default is 100 MB. */
  readonly longestRequest?: string | undefined;
}

/** Writes a folder with the server's configuration, into which it may write things of its own. */
export async function writeSearchConfiguration(configuration: SearchConfiguration): Promise<string> {
  const { kind, home, folder, certificate } = configuration;
  const conf = join(folder, "conf");
  cpSync(join(home, "config"), conf, { recursive: true });
  const jvmOptions = readFileSync(join(conf, "jvm.options"), "utf8").split("\n");
  // The logs of the JVM itself would be in the installation, which is not theirs.
  writeFileSync(join(conf, "jvm.options"), jvmOptions.filter((line) => !line.includes("logs/")).join("\n"));
  // The servers read nothing from elsewhere.
  for (const [from, name] of [
    [certificate.crt, "tls.crt"],
    [certificate.key, "tls.key"],
    [certificate.ca, "ca.crt"],
  ] as const) {
    copyFileSync(from, join(conf, name));
  }
  if (kind === "opensearch-2") await configureOpensearch(configuration, conf);
  else configureElasticsearch(configuration, conf);
  return conf;
}

function common({ folder, httpPort, transportPort, longestRequest }: SearchConfiguration): Record<string, unknown> {
  return {
    "path.data": join(folder, "data"),
    "path.logs": join(folder, "logs"),
    "network.host": "127.0.0.1",
    "http.port": httpPort,
    "discovery.type": "single-node",
    // A laptop's disk is often nearly full.
    "cluster.routing.allocation.disk.threshold_enabled": false,
    "transport.port": transportPort,
    ...(longestRequest !== undefined && { "http.max_content_length": longestRequest }),
  };
}

function configureElasticsearch(configuration: SearchConfiguration, conf: string): void {
  const { kind, users, transportPort } = configuration;
  const { "transport.port": _, ...settings } = common(configuration);
  const off = (names: string) => Object.fromEntries(names.split(" ").map((name) => [`xpack.${name}.enabled`, false]));
  const special = {
    "elasticsearch-6": {
      "transport.tcp.port": transportPort,
      ...off("ml watcher monitoring graph logstash rollup ccr sql ilm"),
    },
    "elasticsearch-7": { "transport.port": transportPort },
    "elasticsearch-8": { "transport.port": transportPort, ...off("security.autoconfiguration security.enrollment") },
    "opensearch-2": {},
  }[kind];
  const tls = {
    "xpack.security.enabled": true,
    "xpack.security.http.ssl.enabled": true,
    "xpack.security.http.ssl.key": "tls.key",
    "xpack.security.http.ssl.certificate": "tls.crt",
    "xpack.security.http.ssl.certificate_authorities": ["ca.crt"],
  };
  writeFileSync(join(conf, "elasticsearch.yml"), stringify({ ...settings, ...special, ...tls }));
  const names = Object.keys(users);
  writeFileSync(join(conf, "users"), names.map((name) => `${name}:${hash(users[name] ?? "")}\n`).join(""));
  writeFileSync(join(conf, "users_roles"), `superuser:${names.join()}\n`);
}

/** A password as Elasticsearch's file realm keeps it, which else takes a JVM to make. */
function hash(password: string): string {
  const salt = randomBytes(32);
  const key = pbkdf2Sync(password, salt, 10_000, 32, "sha512");
  return `{PBKDF2}10000$${salt.toString("base64")}$${key.toString("base64")}`;
}

async function configureOpensearch(configuration: SearchConfiguration, conf: string): Promise<void> {
  const pem = { pemkey_filepath: "tls.key", pemcert_filepath: "tls.crt", pemtrustedcas_filepath: "ca.crt" };
  const settings = {
    ...common(configuration),
    plugins: {
      security: {
        ssl: {
          http: { enabled: true, ...pem },
          transport: { enforce_hostname_verification: false, ...pem },
        },
        allow_default_init_securityindex: true,
        nodes_dn: ["CN=localhost"],
        authcz: { admin_dn: ["CN=admin"] },
      },
    },
  };
  writeFileSync(join(conf, "opensearch.yml"), stringify(settings));
  const meta = (type: string) => ({ _meta: { type, config_version: 2 } });
  const users: Record<string, unknown> = {};
  for (const [name, password] of Object.entries(configuration.users)) {
    users[name] = { hash: await bcrypt(configuration.home, password), backend_roles: ["admin"] };
  }
  const security = join(conf, "opensearch-security");
  writeFileSync(join(security, "internal_users.yml"), stringify({ ...meta("internalusers"), ...users }));
  const mapping = { ...meta("rolesmapping"), all_access: { backend_roles: ["admin"] } };
  writeFileSync(join(security, "roles_mapping.yml"), stringify(mapping));
}

async function bcrypt(home: string, password: string): Promise<string> {
  const script = join(home, "plugins/opensearch-security/tools/hash.sh");
  // Java reads its environment in the locale's charset.
  const env = { LAB_PASSWORD: password, LC_ALL: "C.UTF-8" };
  const { stdout } = await execa("bash", [script, "-env", "LAB_PASSWORD"], { env });
  return stdout.trim().split("\n").at(-1) ?? "";
}
