import type { Address } from "../../../core/system/network.ts";
import type { TlsRequirements } from "../../../preflight/tls-requirements.ts";
import type { Secret } from "../../../secret.ts";

/** Where requests to S3 go. */
export interface S3Endpoint {
  /** Empty for that of AWS. */
  readonly where: readonly string[];
  readonly scheme: "http" | "https";
  readonly address: Address;
  readonly region: string;
  /** Whether the bucket is part of the path, instead of the host name. */
  readonly isPathStyle: boolean;
}

/** An access key. */
export interface S3Credentials {
  /** What sets the key's id. */
  readonly where: readonly string[];
  readonly id: string | Secret;
  readonly secret: string | Secret;
  /** Of temporary credentials. */
  readonly token: string | Secret | undefined;
}

/** A bucket that Flink's paths name. */
export interface Bucket {
  /** The path that names it. */
  readonly where: readonly string[];
  readonly name: string;
  /** Without slashes at its ends. */
  readonly prefix: string;
  readonly endpoint: S3Endpoint;
  readonly credentials: S3Credentials;
  readonly tls: TlsRequirements;
}
