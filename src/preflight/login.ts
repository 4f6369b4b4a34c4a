import type { Finding } from "../core/findings.ts";
import type { KeytabLogin } from "../core/probe.ts";
import type { KerberosClient, Ticket } from "./kerberos-client.ts";

/** Logs in as Java will. */
export async function probeLogin(login: KeytabLogin, kerberos: KerberosClient): Promise<readonly Finding[]> {
  const { ticket, findings } = await kerberos.login(login);
  if (ticket === undefined) return findings;
  return [
    ...findings,
    { level: "info", where: login.where, text: `${login.principal} has logged in, ${terms(ticket)}` },
  ];
}

/** Flink logs in anew from the keytab, so that a short lifetime is no fault. */
function terms({ facts: { given, expires, renewableUntil } }: Ticket): string {
  const minutes = Math.round((expires.getTime() - given.getTime()) / 60_000);
  const lifetime = minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
  return `with a ticket for ${lifetime}${renewableUntil === undefined ? "" : ", renewable"}`;
}
