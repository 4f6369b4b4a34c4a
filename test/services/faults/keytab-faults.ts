import { mkdirSync } from "node:fs";
import type { Fault, Situation } from "./fault.ts";
import type { KerberosLab } from "./kerberos-lab.ts";

/** What Java calls "Unable to obtain password from user", each by its own name. */
export const keytabFaults: readonly Fault<KerberosLab>[] = [
  {
    name: "there is no keytab",
    make: (lab) => ({ env: lab.env({ KERBEROS_KEYTAB: lab.folder.at("nowhere") }) }),
    code: "kerberos/keytab-missing",
    hint: "mount the keytab there",
  },
  {
    name: "the mount has made a folder of the keytab",
    make: (lab) => {
      mkdirSync(lab.folder.at("a-folder"));
      return { env: lab.env({ KERBEROS_KEYTAB: lab.folder.at("a-folder") }) };
    },
    code: "kerberos/keytab-unreadable",
    hint: "a wrong subPath makes a directory",
  },
  {
    name: "the keytab is empty",
    make: (lab) => ({ env: lab.withKeytab(() => "") }),
    code: "kerberos/keytab-empty",
    hint: "ktadd",
  },
  {
    name: "the keytab is base64, as in a Secret's manifest",
    make: (lab) => ({ env: lab.withKeytab((bytes) => bytes.toString("base64")) }),
    code: "kerberos/keytab-base64",
    hint: "base64 -d",
  },
  {
    name: "the keytab is cut off",
    make: (lab) => ({ env: lab.withKeytab((bytes) => bytes.subarray(0, -7)) }),
    code: "kerberos/bad-keytab",
    hint: "copy it again",
  },
  {
    name: "the keytab has RC4 keys only",
    make: (lab) => ({ env: lab.withKeys((key) => ({ ...key, encryptionType: 23, key: Buffer.alloc(16) })) }),
    code: "kerberos/weak-keys",
    hint: "-e aes256-cts",
  },
  {
    name: "the keytab is of another realm",
    make: (lab) => ({ env: lab.withKeys((key) => ({ ...key, principal: "flink@OTHER.EXAMPLE" })) }),
    code: "kerberos/wrong-realm",
    hint: "KERBEROS_REALM",
  },
  {
    name: "the keytab does not have the principal",
    make: (lab) => ({ env: lab.env({ KERBEROS_PRINCIPAL: "beam" }) }),
    code: "kerberos/principal-missing",
    hint: "set KERBEROS_PRINCIPAL",
  },
  {
    name: "the keytab has the principal in capitals",
    make: (lab) => ({ env: lab.env({ KERBEROS_PRINCIPAL: "Flink" }) }),
    code: "kerberos/principal-case",
    hint: "set KERBEROS_PRINCIPAL to flink@",
  },
  {
    name: "krb5.conf has no KDC for the realm",
    make: (lab) => ({
      env: mounted(lab, "    dns_lookup_kdc = false\n[realms]\n    OTHER = {\n        kdc = a\n    }\n"),
    }),
    code: "kerberos/no-kdc",
    hint: "[realms]",
  },
];

/** With a krb5.conf that is mounted. */
export function mounted(lab: KerberosLab, rest: string): Situation["env"] {
  const { KERBEROS_KDC: _kdc, KERBEROS_REALM: _realm, ...env } = lab.env();
  return { ...env, KERBEROS_KRB5_CONF: lab.file(`[libdefaults]\n    default_realm = ${lab.kdc.realm}\n${rest}`) };
}
