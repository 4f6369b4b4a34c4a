import type { Finding } from "../../../core/findings/findings.ts";
import type { HttpResponse } from "../../../formats/http-response.ts";
import type { Bucket } from "./bucket.ts";
import { bucketProblems } from "./problems.ts";

const { problem } = bucketProblems;

/** What the answer to a listing means for Flink (S3 API, "Error responses"). */
export function judgeAnswer({ status, body }: HttpResponse, bucket: Bucket): Finding {
  const { where, name, prefix, endpoint, credentials } = bucket;
  const code = /<Code>(\w+)<\/Code>/.exec(body)?.[1] ?? "";
  const region = /<Region>([\w-]+)<\/Region>/.exec(body)?.[1];
  const key = credentials.where.at(-1) ?? "the access key";
  const at = `bucket ${name}`;
  if (status === 200 && body.includes("<ListBucketResult")) {
    return { level: "info", where, text: `${at} lists its keys below ${prefix === "" ? "its root" : prefix}` };
  }
  switch (code) {
    case "InvalidAccessKeyId":
      return problem(
        "unknown-key",
        credentials.where,
        `${at} does not know this access key (${status})`,
        `correct ${key}`,
      );
    case "SignatureDoesNotMatch":
      return problem(
        "wrong-key",
        credentials.where,
        `${at} refuses the signature (${status}): the secret key is another one`,
        `set the secret key that belongs to ${key}`,
      );
    case "ExpiredToken":
    case "InvalidToken":
      return problem(
        "expired-token",
        credentials.where,
        `${at} refuses the session token (${code})`,
        "get new temporary credentials, or let the platform give them to the JVM",
      );
    case "RequestTimeTooSkewed":
      return problem("clock-skew", where, `${at} refuses the time of the request (${status})`, "set the clocks by NTP");
    case "NoSuchBucket":
      return problem(
        "no-bucket",
        where,
        `${at} does not exist at ${endpoint.address.host}`,
        "create it, or correct the path",
      );
    case "PermanentRedirect":
    case "AuthorizationHeaderMalformed":
    case "IllegalLocationConstraintException": {
      const text = `${at} is in ${region ?? "another region"}, and requests are signed for ${endpoint.region}`;
      return problem("wrong-region", where, text, `set s3.endpoint.region to ${region ?? "the bucket's region"}`);
    }
    case "AccessDenied":
    case "AllAccessDisabled":
      return problem(
        "denied",
        where,
        `${at} denies this access key the listing below ${prefix === "" ? "its root" : prefix} (${status})`,
        "allow s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject",
      );
    default: {
      const text = `the answer is status ${status}${code === "" ? "" : `, ${code}`}, and not one of S3`;
      return problem("unexpected-answer", where, text, "set s3.endpoint to the host and port of an S3 server");
    }
  }
}
