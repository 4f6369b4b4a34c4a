import { problemCatalogue, type ProblemCatalogue } from "../core/problem.ts";

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
  "key-expired": "The principal's key has expired, or has to be changed first (error 23).",
  "wrong-key": "The keytab's key is not the one that the KDC has (error 24): the keytab is stale.",
  "no-common-type": "The KDC has no key of the principal with an encryption type that the keytab has (error 14).",
  "wrong-realm": "The KDC does not serve the realm (error 68).",
  "service-unknown":
    "The KDC does not know the service's principal (error 7): the host or the service's name is another one.",
  "other-error": "The KDC refuses for a reason that is rare.",
});

/** What it finds at Kafka's brokers. */
export const brokerProblems = problemCatalogue("broker", {
  "unknown-host": "DNS has no address for the broker.",
  refused: "Nothing takes connections where the broker should be.",
  silent: "The broker cannot be reached, or does not answer.",
  "not-kafka": "Something else than a Kafka broker answers.",
  "needs-tls": "The port takes TLS only, and the client speaks without. Kafka's client would only time out.",
  "no-tls": "The port has no TLS, and the client asks for it.",
  "needs-sasl": "The listener wants clients to authenticate, and no mechanism is set.",
  "no-sasl": "A mechanism is set, and the listener has none.",
  "mechanism-off": "The listener does not have the client's SASL mechanism enabled.",
  "few-iterations":
    "The broker has stored the SCRAM password with fewer than 4096 iterations. Kafka's client refuses to log in.",
  "login-refused": "The broker does not take the user name or the password.",
  "ticket-refused":
    "The broker does not take the KDC's ticket: its keytab is stale as a rule. Java would say `GSS initiate failed`, or nothing.",
});

/** What it finds at NameNodes. */
export const namenodeProblems = problemCatalogue("namenode", {
  "unknown-host": "DNS has no address for the NameNode.",
  refused: "Nothing takes connections where the NameNode should be.",
  silent: "The NameNode cannot be reached, or does not answer.",
  "not-hadoop": "Something else than Hadoop's RPC answers.",
  "needs-kerberos": "The NameNode takes only clients with Kerberos.",
  "no-kerberos": "The NameNode does not use Kerberos, and the client asks for it.",
  "other-principal":
    "The NameNode has another principal than the client expects: Hadoop would say `Server has invalid Kerberos principal`.",
  "ticket-refused":
    "The NameNode does not take the KDC's ticket: its keytab is stale as a rule. Hadoop would say `GSS initiate failed`.",
});

/** What it finds at Elasticsearch and OpenSearch. */
export const searchClusterProblems = problemCatalogue("search-cluster", {
  "unknown-host": "DNS has no address for the node.",
  refused: "Nothing takes connections where the node should be.",
  silent: "The node cannot be reached, or does not answer.",
  "needs-tls": "The port takes TLS only, and is addressed by http.",
  "no-tls": "The port has no TLS, and is addressed by https.",
  unauthorized: "The cluster does not take the credentials, or wants some (status 401).",
  "unexpected-answer": "What answers is no search cluster, or one that cannot serve.",
});

/** What it finds of certificates that servers show. */
export const peerProblems = problemCatalogue("peer", {
  untrusted:
    "Nothing that the JVM will trust has issued the server's certificate: Java would say `PKIX path building failed`.",
  expired: "A certificate that the server shows has expired.",
  "not-yet-valid": "A certificate that the server shows is not valid yet.",
  "other-name": "The server's certificate does not have the name by which it is addressed.",
  "client-certificate": "The server wants a client certificate, or does not take the one that is mounted.",
  "no-handshake": "The server ends the TLS handshake.",
});

/** Everything that only the network shows. */
export const networkCatalogues: readonly Pick<ProblemCatalogue<string, string>, "area" | "explanations">[] = [
  kdcProblems,
  brokerProblems,
  namenodeProblems,
  searchClusterProblems,
  peerProblems,
];
