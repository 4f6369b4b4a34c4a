import { problemCatalogue } from "../../../core/findings/problem.ts";

/** What `sluice check` finds at NameNodes. */
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
