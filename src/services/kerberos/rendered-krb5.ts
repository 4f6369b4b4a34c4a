import type { Escaped } from "../../formats/escaped.ts";
import { FormatError } from "../../formats/format-error.ts";
import type { Text } from "../../secret.ts";
import type { Problem } from "../../core/findings/problem.ts";
import { kerberosProblems } from "../../keytabs/problems.ts";
import { renderTemplate } from "../../templates/render.ts";

const { problem } = kerberosProblems;

/** Of RFC 8009 and RFC 3962, strongest first. */
const encryptionTypes =
  "aes256-cts-hmac-sha384-192 aes128-cts-hmac-sha256-128 aes256-cts-hmac-sha1-96 aes128-cts-hmac-sha1-96";

/** A label with letters, digits, hyphens and underscores; several of them, with dots. */
const label = "[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?";
const host = `(?:${label}(?:\\.${label})*\\.?|\\[[0-9A-Fa-f:.]+\\])`;
const realmName = new RegExp(`^${label}(?:\\.${label})*$`);
const kdcAddress = new RegExp(`^${host}(?::\\d{1,5})?$`);
const domainName = new RegExp(`^\\.?${label}(?:\\.${label})*$`);

interface Wanted {
  readonly realm: string;
  /** KERBEROS_KDC. */
  readonly kdcs: readonly string[];
  /** KERBEROS_DOMAIN_REALM. */
  readonly domains: readonly string[];
}

/** Renders krb5.conf. */
export function renderKrb5({ realm, kdcs, domains }: Wanted): {
  readonly text?: Text;
  /** The KDCs by realm. */
  readonly realms?: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly Problem[];
} {
  const pairs = kdcs.map((entry) => pair(entry, realm, "first"));
  const mappings = domains.map((entry) => pair(entry, realm, "second"));
  const problems = [
    ...(realmName.test(realm) ? [] : [badName("KERBEROS_REALM", realm, "a realm, such as CORP.EXAMPLE")]),
    ...pairs
      .filter(([name, kdc]) => !realmName.test(name) || !kdcAddress.test(kdc))
      .map(([name, kdc]) =>
        badName("KERBEROS_KDC", name === realm ? kdc : `${name}=${kdc}`, "host, host:port or REALM=host:port"),
      ),
    ...mappings
      .filter(([name, domain]) => !realmName.test(name) || !domainName.test(domain))
      .map(([name, domain]) =>
        badName("KERBEROS_DOMAIN_REALM", name === realm ? domain : `${domain}=${name}`, "domain or domain=REALM"),
      ),
  ];
  if (!pairs.some(([name]) => name === realm)) {
    problems.push(
      problem(
        "no-kdc",
        ["KERBEROS_KDC"],
        `it names no KDC of ${realm}`,
        "set it to the host of a KDC, such as kdc.corp.example",
      ),
    );
  }
  if (problems.length > 0) return { problems };
  const kdcsOf = new Map(
    [...Map.groupBy(pairs, ([name]) => name)].map(([name, some]) => [name, some.map(([, kdc]) => kdc)] as const),
  );
  const text = renderTemplate("krb5.conf", {
    realm: krb5Value(realm),
    encryptionTypes: krb5Value(encryptionTypes),
    realms: [...kdcsOf].map(([name, some]) => ({ name: krb5Value(name), kdcs: some.map(krb5Value) })),
    domains: mappings.flatMap(bothForms).map(({ domain, realm: of }) => ({
      domain: krb5Value(domain),
      realm: krb5Value(of),
    })),
  });
  return { problems, text, realms: kdcsOf };
}

/** krb5.conf has no escapes: a value without white space at its ends, quotes, braces and comment marks is itself. */
function krb5Value(value: string): Escaped<"krb5"> {
  if (/^[\w.:[\]-]+(?: [\w.:[\]-]+)*$/.test(value)) return value as Escaped<"krb5">;
  throw new FormatError("it holds a character that krb5.conf cannot say", "take the character out");
}

/** `[realm, other]` of an entry with or without a realm, which stands in front of the `=` or behind it. */
function pair(entry: string, realm: string, realmStands: "first" | "second"): readonly [string, string] {
  const at = entry.indexOf("=");
  if (at < 0) return [realm, entry];
  const parts = [entry.slice(0, at), entry.slice(at + 1)] as const;
  return realmStands === "first" ? parts : [parts[1], parts[0]];
}

/** `corp` is the host of that name only, `.corp` all below it. */
function bothForms([realm, domain]: readonly [string, string]): readonly {
  readonly domain: string;
  readonly realm: string;
}[] {
  const bare = domain.replace(/^\./, "");
  return [
    { domain: `.${bare}`, realm },
    { domain: bare, realm },
  ];
}

function badName(variable: string, value: string, expected: string): Problem {
  return problem("bad-name", [variable], `${JSON.stringify(value)} is not ${expected}`, `write it as ${expected}`);
}
