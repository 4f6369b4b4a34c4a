import { der, derBitString, derExplicit, derInteger, derOctetString, derOid, derSequence } from "../x509/der-write.ts";
import { Application, encryptedData, kerberosString, kerberosTime, principalName } from "./message-parts.ts";

const mechanism = derOid("1.2.840.113554.1.2.2");
const apReqToken = Buffer.from([1, 0]);
const mutualRequired = Buffer.from([0x20, 0, 0, 0]);
/** Of the checksum that carries GSS-API's flags (RFC 4121, 4.1.1). */
const gssChecksum = 0x8003;
/** Mutual authentication, replay and sequence detection, confidentiality, integrity. */
const flags = 0x02 | 0x04 | 0x08 | 0x10 | 0x20;

/** Who presents a ticket, and when. */
export interface Presenter {
  readonly client: string;
  readonly realm: string;
  readonly now: Date;
  readonly sequenceNumber: number;
}

/** The Authenticator, to be encrypted with the session key (RFC 4120, 5.5.1). */
export function authenticatorToEncrypt({ client, realm, now, sequenceNumber }: Presenter): Buffer {
  const checksum = Buffer.alloc(24);
  checksum.writeUInt32LE(16);
  checksum.writeUInt32LE(flags, 20);
  const fields = derSequence(
    derExplicit(0, derInteger(5)),
    derExplicit(1, kerberosString(realm)),
    derExplicit(2, principalName(client)),
    derExplicit(3, derSequence(derExplicit(0, derInteger(gssChecksum)), derExplicit(1, derOctetString(checksum)))),
    derExplicit(4, derInteger(now.getUTCMilliseconds() * 1000)),
    derExplicit(5, kerberosTime(now)),
    derExplicit(7, derInteger(sequenceNumber)),
  );
  return der(Application.authenticator, fields);
}

/** The first token of GSS-API's Kerberos mechanism: a ticket, and the proof that its session key is known (RFC 4121, 4.1). */
export function writeGssToken(
  ticket: Uint8Array,
  authenticator: { readonly type: number; readonly text: Uint8Array },
): Buffer {
  const apReq = der(
    Application.apReq,
    derSequence(
      derExplicit(0, derInteger(5)),
      derExplicit(1, derInteger(14)),
      derExplicit(2, derBitString(mutualRequired)),
      derExplicit(3, ticket),
      derExplicit(4, encryptedData(authenticator.type, authenticator.text)),
    ),
  );
  return der(0x60, mechanism, apReqToken, apReq);
}
