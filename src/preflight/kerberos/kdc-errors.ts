import type { Problem } from "../../core/findings/problem.ts";
import type { KdcReply } from "../../formats/kerberos/kdc-reply.ts";
import { kdcProblems } from "./problems.ts";

const { problem } = kdcProblems;

/** Who asked, and for what. */
export interface Asked {
  readonly where: readonly string[];
  /** With its realm. */
  readonly principal: string;
  /** Of the keys that were offered. */
  readonly kvno: number;
  readonly types: string;
  /** `kafka/host@REALM`; undefined for a login. */
  readonly service?: string;
  /** What to do about a service that is unknown. */
  readonly serviceHint?: string;
}

/** The number by which a KDC asks for pre-authentication: no failure. */
export const preAuthenticationRequired = 25;

export const serviceUnknown = 7;
export const clockSkew = 37;

/** A KDC's error (RFC 4120, 7.5.9) in our words. */
export function kdcError({ code, text }: Extract<KdcReply, { kind: "error" }>, asked: Asked): Problem {
  const { where, principal, kvno, types, service, serviceHint = "" } = asked;
  switch (code) {
    case 1:
      return problem("client-expired", where, `${principal} has expired`, "extend it: kadmin modprinc -expire");
    case 6: {
      const hint = `add it there, or correct the principal (upper and lower case count) or the realm; then write the keytab again`;
      return problem("client-unknown", where, `the KDC does not know ${principal}`, hint);
    }
    case serviceUnknown: {
      const named = service ?? "the ticket-granting service";
      return problem("service-unknown", where, `the KDC does not know ${named}`, serviceHint);
    }
    case 14: {
      const hint =
        "write the keytab again with ktadd, or give the principal AES keys: kadmin cpw -randkey -e aes256-cts";
      return problem("no-common-type", where, `the KDC has no key of ${principal} for ${types}`, hint);
    }
    case 18: {
      const hint = "unlock it: kadmin modprinc -unlock, and modprinc +allow_tix where tickets were disallowed";
      return problem("client-locked", where, `${principal} is locked`, hint);
    }
    case 23: {
      const hint = "change its key, and write the keytab again: kadmin ktadd does both";
      return problem("key-expired", where, `the key of ${principal} has expired`, hint);
    }
    case 24: {
      const hint = "the key changed after the keytab was written: write the keytab again with ktadd, and mount it";
      return problem("wrong-key", where, `the KDC does not take the key of ${principal}, kvno ${kvno}`, hint);
    }
    case clockSkew: {
      const hint = "set both clocks by NTP";
      return problem("clock-skew", where, "the KDC finds this machine's clock too far from its own", hint);
    }
    case 68: {
      const hint = "name a KDC of that realm in KERBEROS_KDC, or correct KERBEROS_REALM";
      return problem("wrong-realm", where, `the KDC does not serve the realm of ${principal}`, hint);
    }
    default: {
      const said = text === undefined ? "" : `: ${text}`;
      const hint = "check the KDC's log; RFC 4120, section 7.5.9, lists the error codes";
      return problem("other-error", where, `the KDC refuses ${service ?? principal} with error ${code}${said}`, hint);
    }
  }
}
