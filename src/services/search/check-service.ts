import type { Finding } from "../../core/findings/findings.ts";
import { withoutCredentials } from "../../formats/secret-values.ts";
import { searchProblems } from "./problems.ts";
import type { SearchService } from "./settings.ts";

const { problem } = searchProblems;

/** `https://host:9200` of what was written. */
export function hostUrl(host: string, { hasTls }: SearchService): string {
  const [, scheme = hasTls ? "HTTPS" : "HTTP", name = host, port = "9200", path = ""] = written.exec(host) ?? [];
  return `${scheme.toLowerCase()}://${name}:${port}${path === "/" ? "" : path}`;
}

const written = /^(?:(https?):\/\/)?([A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?(\/[\w./~%-]*)?$/i;

/** Validates the settings of one search service. */
export function checkService(service: SearchService): readonly Finding[] {
  return [...checkHosts(service), ...checkCredentials(service), ...checkTls(service)];
}

function checkHosts({ prefix, hosts, hasTls }: SearchService): readonly Finding[] {
  const where = [`${prefix}_HOSTS`];
  if (hosts.length === 0)
    return [problem("no-hosts", where, "it is not set", "set it to the cluster, such as https://host:9200")];
  return hosts.flatMap((host): Finding[] => {
    const [, , , port] = written.exec(host) ?? [];
    if (Number(port ?? 0) > 65_535)
      return [problem("bad-host", where, `${host}: the port is above 65535`, "write it as https://host:9200")];
    if (!written.test(host)) {
      const shown = JSON.stringify(withoutCredentials(host));
      return [problem("bad-host", where, `${shown} is not a URL, host or host:port`, "write it as https://host:9200")];
    }
    if (!hasTls || !/^http:/i.test(host)) return [];
    const hint = `write it as https, or unset ${prefix}_SSL_ENABLED`;
    return [problem("not-encrypted", where, `${host} is not encrypted, and ${prefix}_SSL_ENABLED is true`, hint)];
  });
}

function checkCredentials(service: SearchService): readonly Finding[] {
  const { prefix, username, password, apiKey, hosts } = service;
  if (apiKey !== undefined && (username !== undefined || password !== undefined)) {
    const text = "both a user and an API key are set; only one can be used";
    return [
      problem("two-credentials", [`${prefix}_API_KEY`], text, `unset it, or ${prefix}_USERNAME and ${prefix}_PASSWORD`),
    ];
  }
  if ((username === undefined) !== (password === undefined)) {
    const absent = `${prefix}_${username === undefined ? "USERNAME" : "PASSWORD"}`;
    const present = `${prefix}_${username === undefined ? "PASSWORD" : "USERNAME"}`;
    return [
      problem("half-credentials", [absent], `${present} is set, and this is not`, `set ${absent}, or unset ${present}`),
    ];
  }
  const isClear = hosts.some((host) => hostUrl(host, service).startsWith("http:"));
  if (!isClear || (username === undefined && apiKey === undefined)) return [];
  const text = "the credentials go over the network in the clear";
  return [{ level: "warning", where: [`${prefix}_HOSTS`], text, hint: `set ${prefix}_SSL_ENABLED=true` }];
}

function checkTls(service: SearchService): readonly Finding[] {
  const { prefix, verifiesHostname, hasTls, hosts } = service;
  if (verifiesHostname === undefined) return [];
  const where = [`${prefix}_SSL_VERIFY_HOSTNAME`];
  if (!hasTls && !hosts.some((host) => /^https:/i.test(host))) {
    const needed = `${prefix}_SSL_ENABLED=true`;
    return [problem("needs-tls", where, `it needs ${needed}`, `set ${needed}, or unset ${where[0] ?? ""}`)];
  }
  if (verifiesHostname) return [];
  const text = "anyone with a certificate of any trusted CA can be the cluster";
  return [{ level: "warning", where, text, hint: "have the nodes' certificate issued with their names, and unset it" }];
}
