import type { ClientIdentity } from "../core/system/network.ts";

/** What a client requires of a TLS server. */
export interface TlsRequirements {
  /** The variable by which trusted certificates are added. */
  readonly trustVariable: string;
  /** The variable that turns the check of the server's name off; undefined if it is on. */
  readonly unverifiedBy: string | undefined;
  readonly identity: ClientIdentity | undefined;
  /** The hint for a server that requests a client certificate when there is none. */
  readonly identityHint: string;
}
