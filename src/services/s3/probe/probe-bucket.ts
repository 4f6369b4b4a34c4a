import type { Probe, ProbeContext } from "../../../core/feature/probe.ts";
import type { Finding } from "../../../core/findings/findings.ts";
import type { Problem } from "../../../core/findings/problem.ts";
import { addressText, type Connection, NetworkFailure } from "../../../core/system/network.ts";
import { FormatError } from "../../../formats/format-error.ts";
import { readHttpResponse } from "../../../formats/http-response.ts";
import { connectTrusted } from "../../../preflight/trusted-connection.ts";
import { unreachable } from "../../../preflight/unreachable.ts";
import type { Bucket } from "./bucket.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { bucketAddress, isInPath, listRequest } from "./list-request.ts";
import { bucketProblems } from "./problems.ts";

const { problem } = bucketProblems;

/** Lists a bucket with the credentials that Flink will use. */
export class BucketProbe implements Probe {
  readonly what: string;
  readonly bucket: Bucket;

  constructor(bucket: Bucket) {
    this.what = `bucket ${bucket.name} at ${addressText(bucketAddress(bucket))}`;
    this.bucket = bucket;
  }

  async run(context: ProbeContext): Promise<readonly Finding[]> {
    const { bucket } = this;
    const { endpoint } = bucket;
    const where = endpoint.where.length === 0 ? bucket.where : endpoint.where;
    const address = bucketAddress(bucket);
    try {
      return await list(bucket, where, context);
    } catch (error) {
      const hint = "set s3.endpoint to the host and port of an S3 server";
      if (error instanceof FormatError) return [problem("unexpected-answer", where, error.message, hint)];
      if (!(error instanceof NetworkFailure)) throw error;
      const other = error.kind === "unknown-host" ? undefined : await otherScheme(bucket, where, context);
      if (other !== undefined) return [other];
      const found = unreachable(problem, "the store", { where, address }, error);
      if (found === undefined) return [problem("unexpected-answer", where, error.message, hint)];
      // A private store seldom has a DNS name for each bucket.
      const isOwnName = error.kind === "unknown-host" && !isInPath(bucket) && endpoint.where.length > 0;
      return [isOwnName ? { ...found, hint: `set s3.path.style.access to true, or ${found.hint}` } : found];
    }
  }
}

async function list(
  bucket: Bucket,
  where: readonly string[],
  { network, anchors }: ProbeContext,
): Promise<readonly Finding[]> {
  const address = bucketAddress(bucket);
  const { connection, findings } =
    bucket.endpoint.scheme === "http"
      ? { connection: await network.connect(address), findings: [] }
      : await connectTrusted({ where, address, tls: bucket.tls }, network, anchors);
  if (connection === undefined) return findings;
  return [...findings, judgeAnswer(await exchange(connection, bucket, network.now()), bucket)];
}

async function exchange(connection: Connection, bucket: Bucket, now: Date) {
  try {
    connection.send(listRequest(bucket, now));
    return readHttpResponse(await connection.readToEnd());
  } finally {
    connection.close();
  }
}

/** Whether the port speaks TLS where the endpoint says http, or HTTP where it says https. Sends no credentials. */
async function otherScheme(
  bucket: Bucket,
  where: readonly string[],
  { network }: ProbeContext,
): Promise<Problem | undefined> {
  const address = bucketAddress(bucket);
  const key = where.at(-1) ?? "s3.endpoint";
  try {
    if (bucket.endpoint.scheme === "http") {
      (await network.connectTls(address, undefined)).close();
      return problem("needs-tls", where, "this port takes TLS only", `set ${key} to its https:// URL`);
    }
    const connection = await network.connect(address);
    try {
      connection.send(
        Buffer.from(`GET / HTTP/1.1\r\nHost: ${addressText(address)}\r\nConnection: close\r\n\r\n`, "latin1"),
      );
      readHttpResponse(await connection.readToEnd());
    } finally {
      connection.close();
    }
    return problem("no-tls", where, "this port has no TLS", `set ${key} to a port with TLS, or to its http:// URL`);
  } catch (error) {
    if (error instanceof NetworkFailure || error instanceof FormatError) return undefined;
    throw error;
  }
}
