import type { Finding } from "../../core/findings/findings.ts";
import { encryptionTypeName } from "../../formats/kerberos/keytab.ts";
import { splitPrincipal } from "../../formats/kerberos/message-parts.ts";
import type { KeytabCheck } from "../../keytabs/check-keytab.ts";
import { kerberosProblems } from "../../keytabs/problems.ts";
import type { Krb5Read } from "./krb5.ts";

const { problem } = kerberosProblems;

interface Login {
  readonly krb5: Krb5Read;
  readonly check: KeytabCheck;
  readonly keytab: string;
  /** The variable that names the KDCs. */
  readonly where: readonly string[];
}

/** What keeps the principal's login from working, though krb5.conf and the keytab are each right. */
export function checkLogin({ krb5, check, keytab, where }: Login): readonly Finding[] {
  if (check.principal === undefined || krb5.directory === undefined) return [];
  return [...noKdc(krb5, check.principal, where), ...noCommonType(krb5, check, keytab)];
}

/** The default realm is checked with krb5.conf itself. */
function noKdc(
  { directory, realm, looksUpKdcs }: Krb5Read,
  principal: string,
  where: readonly string[],
): readonly Finding[] {
  const own = splitPrincipal(principal).realm;
  if (own === realm || directory === undefined || directory.realms.has(own)) return [];
  const hint =
    where[0] === "KERBEROS_KDC"
      ? `set KERBEROS_REALM=${own}, or add ${own}=HOST to KERBEROS_KDC`
      : `add ${own} = { kdc = HOST } to [realms]`;
  const text = `there is no KDC of ${own}, the realm of ${principal}`;
  if (looksUpKdcs === true) return [{ level: "warning", where, text: `${text}, so that it is left to DNS`, hint }];
  return [problem("no-kdc", where, `${text}: Java says "Cannot locate KDC"`, hint)];
}

function noCommonType({ encryptionTypes }: Krb5Read, check: KeytabCheck, keytab: string): readonly Finding[] {
  const keys = check.encryptionTypes ?? [];
  if (encryptionTypes === undefined || encryptionTypes.length === 0) return [];
  if (keys.some((type) => encryptionTypes.includes(type))) return [];
  const types = (some: readonly number[]) => some.map(encryptionTypeName).join(", ");
  const text = `its keys are ${types(keys)}, and krb5.conf allows ${types(encryptionTypes)}`;
  const hint = "add the keys' types to default_tkt_enctypes and permitted_enctypes, or leave both out";
  return [problem("no-common-type", ["KERBEROS_KEYTAB", keytab], text, hint)];
}
