import type { Address, ClientIdentity } from "./network.ts";
import type { Secret } from "../secret.ts";

/** A principal whose key a keytab has. */
export interface KeytabLogin {
  readonly where: readonly string[];
  readonly keytab: string;
  /** With its realm. */
  readonly principal: string;
}

/** The KDCs of a realm, in the order in which clients ask them. */
export interface KdcProbe {
  readonly kind: "kdc";
  readonly where: readonly string[];
  readonly realm: string;
  readonly kdcs: readonly Address[];
  /** Whether the krb5.conf has Java ask over UDP first. */
  readonly overUdp: boolean;
}

/** Whether the KDC takes the key. */
export interface LoginProbe extends KeytabLogin {
  readonly kind: "login";
}

/** What a client asks of TLS. */
export interface TlsWish {
  /** The variable by which certificates are added to those that are trusted. */
  readonly trustVariable: string;
  /** Undefined: the certificate has to have the server's name. Else the variable that says so. */
  readonly unverifiedBy: string | undefined;
  readonly identity: ClientIdentity | undefined;
  /** What to do if the server asks for a client certificate and there is none. */
  readonly identityHint: string;
}

/** How a Kafka client authenticates. */
export type SaslWish =
  | { readonly mechanism: "GSSAPI"; readonly service: string; readonly login: KeytabLogin }
  | {
      readonly mechanism: "PLAIN" | "SCRAM-SHA-256" | "SCRAM-SHA-512";
      readonly username: string;
      readonly password: Secret;
    }
  /** Only whether it is enabled is looked at. */
  | { readonly mechanism: "OAUTHBEARER" }
  /** The plan has problems that keep it from being known. */
  | { readonly mechanism: "unknown" };

export interface KafkaProbe {
  readonly kind: "kafka";
  readonly where: readonly string[];
  readonly servers: readonly Address[];
  readonly tls: TlsWish | undefined;
  /** Undefined: the client does not authenticate by SASL. */
  readonly sasl: SaslWish | undefined;
}

/** The NameNodes of one file system; more than one is a name service. */
export interface NamenodeProbe {
  readonly kind: "namenode";
  readonly where: readonly string[];
  readonly nodes: readonly Address[];
  /** Undefined: the client does not authenticate. `principal` may have `_HOST`. Unknown where the plan has problems. */
  readonly kerberos: { readonly principal: string; readonly login: KeytabLogin } | "unknown" | undefined;
}

export interface SearchProbe {
  readonly kind: "search";
  readonly where: readonly string[];
  readonly product: "Elasticsearch" | "OpenSearch";
  readonly address: Address;
  /** Such as `/` or `/search`. */
  readonly path: string;
  /** Value of the Authorization header, and the variables that it is from. */
  readonly authorization: Secret | undefined;
  readonly credentials: readonly string[];
  readonly tls: TlsWish | undefined;
}

/** What a feature has `sluice check` try over the network. */
export type Probe = KdcProbe | LoginProbe | KafkaProbe | NamenodeProbe | SearchProbe;
