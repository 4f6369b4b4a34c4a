import type { KeytabLogin } from "../../../preflight/kerberos/login.ts";
import type { Secret } from "../../../secret.ts";

/** How a Kafka client authenticates. */
export type SaslLogin =
  | { readonly mechanism: "GSSAPI"; readonly service: string; readonly login: KeytabLogin }
  | {
      readonly mechanism: "PLAIN" | "SCRAM-SHA-256" | "SCRAM-SHA-512";
      readonly username: string;
      readonly password: Secret;
    }
  /** The probe only checks whether the listener enables it. */
  | { readonly mechanism: "OAUTHBEARER" }
  /** The plan has problems, or properties that it does not interpret. */
  | { readonly mechanism: "unknown" };
