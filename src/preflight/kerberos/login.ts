import type { RealmKdcs } from "../../core/feature/feature.ts";

/** A principal whose key a keytab has, and the KDCs that issue its tickets. */
export interface KeytabLogin {
  /** The variable and the file of the keytab. */
  readonly where: readonly string[];
  readonly keytab: string;
  /** With its realm. */
  readonly principal: string;
  readonly realms: readonly RealmKdcs[];
}
