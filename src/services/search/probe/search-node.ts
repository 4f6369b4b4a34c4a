import type { Address } from "../../../core/system/network.ts";
import type { TlsRequirements } from "../../../preflight/tls-requirements.ts";
import type { Secret } from "../../../secret.ts";

/** A node of a search cluster, and how jobs will use it. */
export interface SearchNode {
  readonly where: readonly string[];
  readonly product: "Elasticsearch" | "OpenSearch";
  readonly address: Address;
  /** Such as `/` or `/search`. */
  readonly path: string;
  /** Value of the Authorization header. */
  readonly authorization: Secret | undefined;
  /** The variables that the header comes from. */
  readonly credentials: readonly string[];
  /** Undefined: HTTP without TLS. */
  readonly tls: TlsRequirements | undefined;
}
