import { writeKeytab } from "../../support/keytabs.ts";
import { shiftedClock } from "../../support/shifted-clock.ts";
import { fullBacklog, type StrangeServer, webServer } from "../../support/strange-servers.ts";
import type { Fault, Situation } from "./fault.ts";
import type { KerberosLab } from "./kerberos-lab.ts";
import { keytabFaults, mounted } from "./keytab-faults.ts";

type KdcFault = Fault<KerberosLab>;

function to(server: StrangeServer, lab: KerberosLab): Situation {
  return { env: lab.env({ KERBEROS_KDC: `127.0.0.1:${server.port}` }), undo: () => server.stop() };
}

/** The way to the KDC. */
const reachFaults: readonly KdcFault[] = [
  {
    name: "the KDC is down",
    make: async (lab) => {
      await lab.kdc.pause();
      return { env: lab.env(), undo: () => lab.kdc.resume() };
    },
    code: "kdc/refused",
    hint: "start the KDC",
  },
  {
    name: "the KDC hangs",
    make: (lab) => {
      lab.kdc.process?.pause();
      return { env: lab.env(), undo: () => lab.kdc.process?.resume() };
    },
    code: "kdc/silent",
    hint: "network policies",
  },
  {
    name: "a firewall drops what goes to the KDC",
    make: async (lab) => to(await fullBacklog(), lab),
    code: "kdc/silent",
    hint: "open port",
  },
  {
    name: "the KDC's name is wrong",
    make: (lab) => ({ env: lab.env({ KERBEROS_KDC: "kdc.nowhere.invalid" }) }),
    code: "kdc/unknown-host",
    hint: "KERBEROS_KDC",
  },
  {
    name: "a web server listens where the KDC should",
    make: async (lab) => to(await webServer(), lab),
    code: "kdc/not-a-kdc",
    hint: "88",
  },
  {
    name: "the KDC takes TCP only, and krb5.conf lets Java ask over UDP",
    make: (lab) => {
      const kdc = `        kdc = 127.0.0.1:${lab.kdc.port}\n`;
      return { env: mounted(lab, `    kdc_timeout = 3s\n[realms]\n    ${lab.kdc.realm} = {\n${kdc}    }\n`) };
    },
    code: "kdc/no-udp",
    hint: "udp_preference_limit = 1",
  },
  {
    name: "one KDC of two hangs, which costs time and is no failure",
    make: async (lab) => {
      const server = await fullBacklog();
      const KERBEROS_KDC = `127.0.0.1:${server.port},127.0.0.1:${lab.kdc.port}`;
      return { env: lab.env({ KERBEROS_KDC }), undo: () => server.stop() };
    },
    hint: "put it last",
  },
  {
    name: "this machine's clock is ten minutes ahead",
    make: (lab) => ({ env: lab.env(shiftedClock(600)) }),
    code: "kdc/clock-skew",
    hint: "NTP",
  },
  {
    name: "this machine's clock is two minutes behind, which Kerberos allows",
    make: (lab) => ({ env: lab.env(shiftedClock(-120)) }),
    hint: "NTP",
  },
];

/** What the KDC says to the login. */
const loginFaults: readonly KdcFault[] = [
  {
    name: "the KDC does not know the principal",
    make: async (lab) => ({
      env: await lab.withPrincipal("gone", (name) => lab.kdc.kadmin("delprinc", "-force", name)),
    }),
    code: "kdc/client-unknown",
    hint: "add it there",
  },
  {
    name: "the principal has another case at the KDC",
    make: (lab) => ({
      env: { ...lab.withKeys((key) => ({ ...key, principal: `FLINK@${lab.kdc.realm}` })), KERBEROS_PRINCIPAL: "FLINK" },
    }),
    code: "kdc/client-unknown",
    hint: "upper and lower case",
  },
  {
    name: "the KDC is that of another realm",
    make: (lab) => ({
      env: {
        ...lab.withKeys((key) => ({ ...key, principal: "flink@OTHER.EXAMPLE" })),
        KERBEROS_REALM: "OTHER.EXAMPLE",
      },
    }),
    code: "kdc/client-unknown",
    hint: "the realm",
  },
  {
    name: "the keytab is stale",
    make: async (lab) => ({ env: await lab.withPrincipal("stale", (name) => lab.kdc.changeKey(name)) }),
    code: "kdc/wrong-key",
    hint: "ktadd",
  },
  {
    name: "the keytab is stale, and the KDC asks for no pre-authentication",
    make: async (lab) => ({
      env: await lab.withPrincipal("lenient", (name) => lab.kdc.changeKey(name), "-requires_preauth"),
    }),
    code: "kdc/wrong-key",
    hint: "ktadd",
  },
  {
    name: "the keytab's version number is wrong, which is harmless",
    make: (lab) => ({ env: lab.withKeys((key) => ({ ...key, kvno: 9 })) }),
    hint: "",
  },
  {
    name: "the KDC has other encryption types",
    make: async (lab) => {
      const env = await lab.withPrincipal("narrow", async () => {}, "-e", "aes128-cts:normal");
      const keytab = writeKeytab([{ principal: `narrow@${lab.kdc.realm}`, kvno: 1, encryptionType: 18 }]);
      return { env: { ...env, KERBEROS_KEYTAB: lab.file(keytab) } };
    },
    code: "kdc/no-common-type",
    hint: "aes256-cts",
  },
  {
    name: "the principal has expired",
    make: async (lab) => ({
      env: await lab.withPrincipal("expired", (name) => lab.kdc.kadmin("modprinc", "-expire", "yesterday", name)),
    }),
    code: "kdc/client-expired",
    hint: "modprinc -expire",
  },
  {
    name: "the principal is locked",
    make: async (lab) => ({
      env: await lab.withPrincipal("locked", (name) => lab.kdc.kadmin("modprinc", "-allow_tix", name)),
    }),
    code: "kdc/client-locked",
    hint: "+allow_tix",
  },
  {
    name: "the key has expired",
    make: async (lab) => ({
      env: await lab.withPrincipal("old", (name) => lab.kdc.kadmin("modprinc", "-pwexpire", "yesterday", name)),
    }),
    code: "kdc/key-expired",
    hint: "ktadd",
  },
  {
    name: "the KDC wants a hardware token",
    make: async (lab) => ({
      env: await lab.withPrincipal("hardware", (name) => lab.kdc.kadmin("modprinc", "+requires_hwauth", name)),
    }),
    code: "kdc/other-error",
    hint: "the KDC's log",
  },
];

export const kdcFaults: readonly KdcFault[] = [...keytabFaults, ...reachFaults, ...loginFaults];
