import { problemCatalogue } from "../../core/findings/problem.ts";

export const searchProblems = problemCatalogue("search", {
  "no-hosts": "A search cluster is configured without its hosts.",
  "bad-host": "A host is not written as the clients take it.",
  "not-encrypted": "TLS is turned on for a search cluster that is addressed by http.",
  "two-credentials": "A user and an API key are both given.",
  "half-credentials": "A user is given without a password, or a password without a user.",
  "needs-tls": "A setting of TLS asks for something that only works with TLS turned on.",
});
