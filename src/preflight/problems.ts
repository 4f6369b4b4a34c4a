import { problemCatalogue } from "../core/findings/problem.ts";

/** What `sluice check` finds about certificates of servers. */
export const peerProblems = problemCatalogue("peer", {
  untrusted:
    "Nothing that the JVM will trust has issued the server's certificate: Java would say `PKIX path building failed`.",
  expired: "A certificate that the server shows has expired.",
  "not-yet-valid": "A certificate that the server shows is not valid yet.",
  "other-name": "The server's certificate does not have the name by which it is addressed.",
  "client-certificate": "The server wants a client certificate, or does not take the one that is mounted.",
  "no-handshake": "The server ends the TLS handshake.",
});
