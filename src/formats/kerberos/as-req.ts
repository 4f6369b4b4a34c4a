import { derBitString, derExplicit, derInteger, derOctetString, derSequence, der } from "../x509/der-write.ts";
import { Application, encryptedData, kerberosTime, kerberosString, principalName } from "./message-parts.ts";

/** What a client asks a KDC's authentication service for (RFC 4120, 5.4.1). */
export interface AsRequest {
  /** `flink`, `flink/host`. */
  readonly client: string;
  readonly realm: string;
  /** `krbtgt/REALM`, `kafka/host`. */
  readonly service: string;
  /** What the client can use, best first. */
  readonly encryptionTypes: readonly number[];
  readonly until: Date;
  /** 31 random bits. */
  readonly nonce: number;
  /** PA-ENC-TIMESTAMP, encrypted. */
  readonly timestamp?: { readonly type: number; readonly text: Uint8Array };
}

const protocolVersion = derExplicit(1, derInteger(5));
const paEncTimestamp = 2;

export function writeAsRequest(request: AsRequest): Buffer {
  const { timestamp } = request;
  const preAuthentication =
    timestamp === undefined
      ? []
      : [derExplicit(3, derSequence(paData(paEncTimestamp, encryptedData(timestamp.type, timestamp.text))))];
  const message = derSequence(
    protocolVersion,
    derExplicit(2, derInteger(10)),
    ...preAuthentication,
    derExplicit(4, body(request)),
  );
  return der(Application.asReq, message);
}

function paData(type: number, value: Uint8Array): Buffer {
  return derSequence(derExplicit(1, derInteger(type)), derExplicit(2, derOctetString(value)));
}

function body({ client, realm, service, encryptionTypes, until, nonce }: AsRequest): Buffer {
  return derSequence(
    derExplicit(0, derBitString(Buffer.alloc(4))),
    derExplicit(1, principalName(client)),
    derExplicit(2, kerberosString(realm)),
    derExplicit(3, principalName(service)),
    derExplicit(5, kerberosTime(until)),
    derExplicit(7, derInteger(nonce)),
    derExplicit(8, derSequence(...encryptionTypes.map((type) => derInteger(type)))),
  );
}

/** PA-ENC-TS-ENC: what is encrypted to prove that the key is known (RFC 4120, 5.2.7.2). */
export function timestampToEncrypt(now: Date): Buffer {
  const microseconds = now.getUTCMilliseconds() * 1000;
  return derSequence(derExplicit(0, kerberosTime(now)), derExplicit(1, derInteger(microseconds)));
}
