import aws4 from "aws4";
import { type Address, addressText } from "../../../core/system/network.ts";
import { joinText, Secret } from "../../../secret.ts";
import type { Bucket } from "./bucket.ts";

/** What can be a label of a host name, so that a bucket can have its own host. */
const hostLabels = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;

/** Whether the bucket is part of the path: as set, and for hosts and names that cannot be joined (AWS SDK for Java, both versions). */
export function isInPath({ name, endpoint: { address, isPathStyle } }: Bucket): boolean {
  return isPathStyle || /^[\d.]+$|:/.test(address.host) || !hostLabels.test(name);
}

/** The address of a bucket: its own host, unless it is part of the path. */
export function bucketAddress(bucket: Bucket): Address {
  const { address } = bucket.endpoint;
  return isInPath(bucket) ? address : { ...address, host: `${bucket.name}.${address.host}` };
}

/** The caller refuses credentials with control characters. */
const separator = "\0";

/** ListObjectsV2 for one key below the prefix, signed with version 4 (AWS Signature Version 4). Needs s3:ListBucket. */
export function listRequest(bucket: Bucket, now: Date): Secret<Uint8Array> {
  const { name, prefix, endpoint, credentials } = bucket;
  const { id, secret, token } = credentials;
  const address = bucketAddress(bucket);
  const defaultPort = endpoint.scheme === "https" ? 443 : 80;
  const host = address.port === defaultPort ? addressText(address).replace(/:\d+$/, "") : addressText(address);
  const query = `list-type=2&max-keys=1&prefix=${encodeURIComponent(prefix === "" ? "" : `${prefix}/`)}`;
  const path = `/${isInPath(bucket) ? name : ""}?${query}`;
  const all = joinText([id, separator, secret, separator, token ?? ""]);
  const whole = all instanceof Secret ? all : new Secret("credentials of S3", () => all);
  return whole.map((text) => {
    const [accessKeyId = "", secretAccessKey = "", sessionToken = ""] = text.split(separator);
    const date = now.toISOString().replaceAll(/[-:]|\.\d+/g, "");
    const { headers = {} } = aws4.sign(
      {
        service: "s3",
        region: endpoint.region,
        host,
        method: "GET",
        path,
        headers: { "X-Amz-Date": date, Accept: "application/xml", Connection: "close" },
      },
      { accessKeyId, secretAccessKey, ...(sessionToken !== "" && { sessionToken }) },
    );
    const lines = Object.entries(headers).map(([header, value]) => `${header}: ${String(value)}\r\n`);
    return Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`, "latin1");
  });
}
