import { FormatError } from "../format-error.ts";
import { DerReader } from "../x509/der.ts";
import {
  Application,
  type EncryptedPart,
  need,
  readEncryptedData,
  readFields,
  readKerberosString,
  readKerberosTime,
} from "./message-parts.ts";

/** What a KDC says to an AS-REQ (RFC 4120, 5.4.2 and 5.9.1). */
export type KdcReply =
  | {
      readonly kind: "ticket";
      /** As it is encoded: only the service can read it. */
      readonly ticket: Uint8Array;
      /** Version of the service's key that the ticket is encrypted with. */
      readonly serviceKvno: number | undefined;
      readonly encrypted: EncryptedPart;
    }
  | {
      readonly kind: "error";
      readonly code: number;
      /** The KDC's clock; whole seconds. */
      readonly time: Date;
      readonly text: string | undefined;
      /** Types of the client's keys, where pre-authentication is asked for; best first. */
      readonly encryptionTypes: readonly number[];
    };

/** @throws FormatError for what is neither AS-REP nor KRB-ERROR */
export function readKdcReply(bytes: Uint8Array): KdcReply {
  const reader = new DerReader(bytes);
  const tag = reader.peek();
  if (tag === Application.asRep) return readTicket(readFields(reader.enter(tag).enter()));
  if (tag === Application.error) return readError(readFields(reader.enter(tag).enter()));
  throw new FormatError("the server did not answer with Kerberos", "name the KDC's host and port");
}

function readTicket(fields: ReadonlyMap<number, DerReader>): KdcReply {
  const ticket = need(fields, 5).any();
  const encrypted = readEncryptedData(need(fields, 6));
  const service = readEncryptedData(need(readFields(ticket.inside().enter()), 3));
  return { kind: "ticket", ticket: Buffer.from(ticket.bytes), serviceKvno: service.kvno, encrypted };
}

const preAuthenticationRequired = 25;

function readError(fields: ReadonlyMap<number, DerReader>): KdcReply {
  const code = need(fields, 6).integer();
  const data = fields.get(12);
  const text = fields.get(11);
  return {
    kind: "error",
    code,
    time: readKerberosTime(need(fields, 4)),
    text: text && readKerberosString(text),
    encryptionTypes: code === preAuthenticationRequired && data !== undefined ? typesIn(data.octetString()) : [],
  };
}

const etypeInfo2 = 19;

/** ETYPE-INFO2 among METHOD-DATA (RFC 4120, 5.2.7.5). */
function typesIn(methods: Uint8Array): readonly number[] {
  const types: number[] = [];
  for (const list = new DerReader(methods).enter(); !list.atEnd;) {
    const fields = readFields(list.enter());
    if (numberIn(need(fields, 1)) !== etypeInfo2) continue;
    for (const infos = new DerReader(need(fields, 2).octetString()).enter(); !infos.atEnd;) {
      types.push(numberIn(need(readFields(infos.enter()), 0)));
    }
  }
  return types;
}

/** Types may be negative. */
function numberIn(reader: DerReader): number {
  const { content } = reader.any();
  return content.length === 0 || content.length > 4 ? 0 : content.readIntBE(0, content.length);
}

/** What the client learns of its ticket (EncKDCRepPart). */
export interface TicketFacts {
  /** To be used with the service; as secret as the ticket is worth. */
  readonly sessionKey: { readonly type: number; readonly key: Uint8Array };
  readonly nonce: number;
  /** When the KDC gave it, by its clock. */
  readonly given: Date;
  readonly expires: Date;
  readonly renewableUntil: Date | undefined;
}

/** Reads what has been decrypted of an AS-REP. @throws FormatError */
export function readTicketFacts(bytes: Uint8Array): TicketFacts {
  const reader = new DerReader(bytes);
  const tag = reader.peek() === Application.encTgsRepPart ? Application.encTgsRepPart : Application.encAsRepPart;
  const fields = readFields(reader.enter(tag).enter());
  const key = readFields(need(fields, 0).enter());
  const renewable = fields.get(8);
  return {
    sessionKey: { type: need(key, 0).integer(), key: Buffer.from(need(key, 1).octetString()) },
    nonce: need(fields, 2).integer(),
    given: readKerberosTime(need(fields, 5)),
    expires: readKerberosTime(need(fields, 7)),
    renewableUntil: renewable && readKerberosTime(renewable),
  };
}
