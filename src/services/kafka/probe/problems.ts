import { problemCatalogue } from "../../../core/findings/problem.ts";

/** What `sluice check` finds at Kafka's brokers. */
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
