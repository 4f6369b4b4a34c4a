import type { RealmKdcs } from "../../core/feature/feature.ts";
import type { Probe, ProbeContext } from "../../core/feature/probe.ts";
import type { Finding } from "../../core/findings/findings.ts";
import { splitPrincipal } from "../../formats/kerberos/message-parts.ts";
import { kerberosClient, type Ticket } from "../../preflight/kerberos/client.ts";
import type { KeytabLogin } from "../../preflight/kerberos/login.ts";

/** Asks each KDC of a realm. `principal` is the one to ask for first. */
export class RealmProbe implements Probe {
  readonly what: string;
  readonly realm: RealmKdcs;
  readonly #client: string | undefined;

  constructor(realm: RealmKdcs, principal: string | undefined) {
    this.what = `the KDCs of ${realm.realm}`;
    this.realm = realm;
    this.#client = principal === undefined ? undefined : splitPrincipal(principal).name;
  }

  async run({ network }: ProbeContext): Promise<readonly Finding[]> {
    return (await kerberosClient(network).realm(this.realm, this.#client)).findings;
  }
}

/** Logs in with the keytab as Java will. */
export class LoginProbe implements Probe {
  readonly what: string;
  readonly login: KeytabLogin;

  constructor(login: KeytabLogin) {
    this.what = `the login of ${login.principal}`;
    this.login = login;
  }

  async run({ network }: ProbeContext): Promise<readonly Finding[]> {
    const { ticket, findings } = await kerberosClient(network).login(this.login);
    if (ticket === undefined) return findings;
    const { where, principal } = this.login;
    return [...findings, { level: "info", where, text: `${principal} has logged in, ${terms(ticket)}` }];
  }
}

/** Flink logs in again from the keytab, so a short lifetime is not a fault. */
function terms({ facts: { given, expires, renewableUntil } }: Ticket): string {
  const minutes = Math.round((expires.getTime() - given.getTime()) / 60_000);
  const lifetime = minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
  return `with a ticket for ${lifetime}${renewableUntil === undefined ? "" : ", renewable"}`;
}
