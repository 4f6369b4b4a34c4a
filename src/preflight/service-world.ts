import type { Network } from "../core/network.ts";
import type { Certificate } from "../formats/x509/certificate.ts";
import type { KerberosClient } from "./kerberos-client.ts";

/** What the probes of services share. */
export interface ServiceWorld {
  readonly network: Network;
  /** What the JVM will trust; undefined where that is not known. */
  readonly anchors: () => readonly Certificate[] | undefined;
  readonly kerberos: KerberosClient;
}
