import { problemCatalogue } from "../../core/findings/problem.ts";

/** What `sluice check` finds at KDCs. */
export const kdcProblems = problemCatalogue("kdc", {
  "unknown-host": "DNS has no address for the KDC.",
  refused: "Nothing takes connections where the KDC should be.",
  silent: "The KDC cannot be reached, or does not answer. Java would wait three times for 30 s.",
  "not-a-kdc": "Something else than a KDC answers.",
  "no-udp": "krb5.conf has Java ask over UDP first, and the KDC answers only over TCP.",
  "clock-skew": "The clocks of the KDC and of this machine differ by more than the five minutes that Kerberos allows.",
  "client-unknown": "The KDC does not know the principal (error 6). Upper and lower case count.",
  "client-expired": "The principal has expired at the KDC (error 1).",
  "client-locked": "The principal is locked at the KDC, or its tickets are disallowed (error 18).",
  "key-expired": "The principal's key has expired, or must be changed first (error 23).",
  "wrong-key": "The keytab's key is not the one that the KDC has (error 24): the keytab is stale.",
  "no-common-type": "The KDC has no key of the principal with an encryption type that the keytab has (error 14).",
  "wrong-realm": "The KDC does not serve the realm (error 68).",
  "service-unknown":
    "The KDC does not know the service's principal (error 7): the host or the service's name is another one.",
  "other-error": "The KDC refuses for a reason that is rare.",
});
