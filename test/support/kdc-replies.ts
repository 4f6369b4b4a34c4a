import { kerberosString, kerberosTime, principalName } from "../../src/formats/kerberos/message-parts.ts";
import {
  der,
  derBitString,
  derExplicit,
  derInteger,
  derOctetString,
  derSequence,
} from "../../src/formats/x509/der-write.ts";

const now = kerberosTime(new Date("2026-06-15T12:00:00Z"));

function encrypted(type: number, kvno?: number): Buffer {
  const version = kvno === undefined ? [] : [derExplicit(1, derInteger(kvno))];
  return derSequence(derExplicit(0, derInteger(type)), ...version, derExplicit(2, derOctetString(Buffer.alloc(40, 7))));
}

/** An AS-REP whose encrypted parts are nonsense. */
export function asRep({ kvno, type }: { readonly kvno: number; readonly type: number }): Buffer {
  const ticket = der(
    0x61,
    derSequence(
      derExplicit(0, derInteger(5)),
      derExplicit(1, kerberosString("CORP")),
      derExplicit(2, principalName("krbtgt/CORP")),
      derExplicit(3, encrypted(18, kvno)),
    ),
  );
  const fields = [
    derExplicit(0, derInteger(5)),
    derExplicit(1, derInteger(11)),
    derExplicit(3, kerberosString("CORP")),
    derExplicit(4, principalName("flink")),
    derExplicit(5, ticket),
    derExplicit(6, encrypted(type)),
  ];
  return der(0x6b, derSequence(...fields));
}

/** A KRB-ERROR, with ETYPE-INFO2 if types are given. */
export function krbError({ code, types }: { readonly code: number; readonly types?: readonly number[] }): Buffer {
  const signed = (value: number) => (value < 0 ? der(2, Buffer.from([0xff, value & 0xff])) : derInteger(value));
  const infos = derSequence(...(types ?? []).map((type) => derSequence(derExplicit(0, signed(type)))));
  const methods = derSequence(
    derSequence(derExplicit(1, derInteger(136)), derExplicit(2, derOctetString())),
    derSequence(derExplicit(1, derInteger(19)), derExplicit(2, derOctetString(infos))),
  );
  const fields = [
    derExplicit(0, derInteger(5)),
    derExplicit(1, derInteger(30)),
    derExplicit(4, now),
    derExplicit(5, derInteger(0)),
    derExplicit(6, derInteger(code)),
    derExplicit(9, kerberosString("CORP")),
    derExplicit(10, principalName("krbtgt/CORP")),
    derExplicit(11, kerberosString("NEEDED_PREAUTH")),
    ...(types === undefined ? [] : [derExplicit(12, derOctetString(methods))]),
  ];
  return der(0x7e, derSequence(...fields));
}

/** What a client decrypts of an AS-REP. */
export function encAsRepPart(tag: number): Buffer {
  const key = derSequence(derExplicit(0, derInteger(18)), derExplicit(1, derOctetString(Buffer.alloc(32, 3))));
  const fields = [
    derExplicit(0, key),
    derExplicit(1, derSequence()),
    derExplicit(2, derInteger(42)),
    derExplicit(4, derBitString(Buffer.alloc(4))),
    derExplicit(5, now),
    derExplicit(7, kerberosTime(new Date("2026-06-15T22:00:00Z"))),
    derExplicit(9, kerberosString("CORP")),
    derExplicit(10, principalName("krbtgt/CORP")),
  ];
  return der(tag, derSequence(...fields));
}
