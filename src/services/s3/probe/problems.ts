import { problemCatalogue } from "../../../core/findings/problem.ts";

/** What `sluice check` finds at buckets. */
export const bucketProblems = problemCatalogue("bucket", {
  "unknown-host": "DNS has no address for the endpoint, or for the bucket's own name below it.",
  refused: "Nothing takes connections at the endpoint.",
  silent: "The endpoint cannot be reached, or does not answer.",
  "no-tls": "The port has no TLS, and the endpoint says https.",
  "needs-tls": "The port takes TLS only, and the endpoint says http.",
  "unknown-key": "The store does not know the access key's id.",
  "wrong-key": "The secret key does not belong to the access key's id.",
  denied: "The store knows the key, and does not let it list the bucket.",
  "expired-token": "The session token has expired, or belongs to another key.",
  "clock-skew": "The clock of this machine differs by more than 15 minutes from the store's.",
  "no-bucket": "The bucket does not exist.",
  "wrong-region": "The bucket is in another region than requests are signed for.",
  "unexpected-answer": "The endpoint does not answer as S3 does.",
});
