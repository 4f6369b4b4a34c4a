import type { Content } from "../../core/plan/plan.ts";
import type { Notice, Problem } from "../../core/findings/problem.ts";
import { separate } from "../../core/findings/findings.ts";
import type { System } from "../../core/system/system.ts";
import { kerberosProblems } from "../../keytabs/problems.ts";
import { javaEncryptionTypes } from "./encryption-types.ts";
import { krb5ValueOf } from "./krb5-value.ts";
import { lintKrb5 } from "./lint-krb5.ts";
import { directoryOf, type KdcDirectory } from "./kdc-directory.ts";
import { readMountedKrb5 } from "./mounted-krb5.ts";
import { renderKrb5 } from "./rendered-krb5.ts";

const { problem } = kerberosProblems;

/** What says how krb5.conf looks. */
interface Krb5Settings {
  readonly KERBEROS_REALM: string | undefined;
  readonly KERBEROS_PRINCIPAL: string | undefined;
  readonly KERBEROS_KDC: readonly string[];
  readonly KERBEROS_DOMAIN_REALM: readonly string[];
  readonly KERBEROS_KRB5_CONF: string | undefined;
}

export interface Krb5Read {
  /** Undefined where there are problems. */
  readonly content?: Content;
  readonly realm: string | undefined;
  /** Undefined where the file cannot be read or rendered. */
  readonly directory?: KdcDirectory;
  /** Whether Java asks DNS for the KDCs of other realms. */
  readonly looksUpKdcs?: boolean;
  /** The types that krb5.conf allows for a login, as IANA numbers them; undefined: Java's own. */
  readonly encryptionTypes?: readonly number[] | undefined;
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

/** krb5.conf as it is mounted, or else rendered. */
export function readKrb5(settings: Krb5Settings, system: System): Krb5Read {
  if (settings.KERBEROS_KRB5_CONF !== undefined) return mounted(settings.KERBEROS_KRB5_CONF, settings, system);
  const realm = settings.KERBEROS_REALM ?? realmOf(settings.KERBEROS_PRINCIPAL);
  if (realm === undefined) {
    const text = "neither it nor KERBEROS_PRINCIPAL names a realm";
    return {
      realm,
      problems: [problem("no-realm", ["KERBEROS_REALM"], text, "set it to the KDC's realm")],
      notices: [],
    };
  }
  const rendered = renderKrb5({ realm, kdcs: settings.KERBEROS_KDC, domains: settings.KERBEROS_DOMAIN_REALM });
  const content: Content | undefined = rendered.text && { kind: "text", text: rendered.text };
  const { realms, problems } = rendered;
  const directory: KdcDirectory | undefined = realms && { where: ["KERBEROS_KDC"], realms, overUdp: false };
  return { realm, problems, notices: [], ...(content && { content }), ...(directory && { directory }) };
}

function realmOf(principal: string | undefined): string | undefined {
  return /@([^@]+)$/.exec(principal ?? "")?.[1];
}

function mounted(path: string, settings: Krb5Settings, system: System): Krb5Read {
  const variable = "KERBEROS_KRB5_CONF";
  const where = [variable, path];
  const read = readMountedKrb5(variable, path, system);
  if (read.problems.length > 0)
    return { realm: settings.KERBEROS_REALM, problems: read.problems, notices: read.notices };
  const own = krb5ValueOf(read.sections, "libdefaults", "default_realm");
  const realm = own ?? settings.KERBEROS_REALM ?? realmOf(settings.KERBEROS_PRINCIPAL);
  const { problems, notices } = separate(realm === undefined ? [] : lintKrb5(where, read.sections, realm));
  const against = [...besides(settings), ...realmAgainst(where, own, settings.KERBEROS_REALM)];
  const allowed = ["default_tkt_enctypes", "permitted_enctypes"]
    .map((name) => krb5ValueOf(read.sections, "libdefaults", name))
    .find((value) => value !== undefined);
  const content = {
    directory: directoryOf(where, read.sections),
    looksUpKdcs: !/^(false|no)$/i.test(krb5ValueOf(read.sections, "libdefaults", "dns_lookup_kdc") ?? ""),
    encryptionTypes: allowed === undefined ? undefined : javaEncryptionTypes(allowed),
    ...(read.content && { content: read.content }),
  };
  return { realm, problems: [...problems, ...against], notices: [...read.notices, ...notices], ...content };
}

function besides(settings: Krb5Settings): readonly Problem[] {
  return (["KERBEROS_KDC", "KERBEROS_DOMAIN_REALM"] as const)
    .filter((name) => settings[name].length > 0)
    .map((name) => {
      const hint = `unset ${name}, or KERBEROS_KRB5_CONF to have the file rendered`;
      return problem("both-given", [name], "KERBEROS_KRB5_CONF is set as well, and is taken as it is", hint);
    });
}

function realmAgainst(
  where: readonly string[],
  own: string | undefined,
  realm: string | undefined,
): readonly Problem[] {
  if (own === undefined) {
    const hint = "add default_realm = REALM to [libdefaults]";
    return [problem("no-realm", where, "[libdefaults] has no default_realm", hint)];
  }
  if (realm === undefined || realm === own) return [];
  const text = `default_realm is ${own}, and KERBEROS_REALM is ${realm}`;
  return [problem("both-given", where, text, "unset KERBEROS_REALM, or correct the file")];
}
