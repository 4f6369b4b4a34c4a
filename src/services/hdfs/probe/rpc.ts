import { delimited, type Message, ProtobufReader, writeFields, zigzag } from "../../../formats/protobuf.ts";

/** How a server of Hadoop lets clients in (RpcHeader.proto, SaslAuth). */
export interface HadoopAuth {
  /** `SIMPLE`, `KERBEROS` or `TOKEN`. */
  readonly method: string;
  /** First part of the server's principal, and its host. */
  readonly protocol: string;
  readonly serverId: string;
}

/** What a server answers to a step of SASL. */
export type HadoopReply =
  | { readonly kind: "sasl"; readonly state: number; readonly auths: readonly HadoopAuth[] }
  | { readonly kind: "error"; readonly exception: string; readonly message: string };

/** RpcSaslProto.SaslState. */
export const SaslState = { success: 0, negotiate: 1, initiate: 2, challenge: 3 } as const;

/** Begins a connection: `hrpc`, version 9, no service class, SASL. */
export const connectionHeader: Uint8Array = Buffer.from([...Buffer.from("hrpc"), 9, 0, 0xdf]);

const saslCallId = -33;

/** RpcRequestHeaderProto of SASL's messages: protobuf, final packet, no client id yet, no retries. */
function requestHeader(): Buffer {
  return writeFields([1, 2], [2, 0], [3, zigzag(saslCallId)], [4, Buffer.alloc(0)], [5, zigzag(-1)]);
}

function frame(message: Uint8Array): Buffer {
  const payload = Buffer.concat([delimited(requestHeader()), delimited(message)]);
  const length = Buffer.alloc(4);
  length.writeInt32BE(payload.length);
  return Buffer.concat([length, payload]);
}

/** Asks which ways there are. */
export function negotiateRequest(): Buffer {
  return frame(writeFields([2, SaslState.negotiate]));
}

/** Begins Kerberos with GSS-API's first token. */
export function initiateRequest({ protocol, serverId }: HadoopAuth, token: Uint8Array): Buffer {
  const texts = ["KERBEROS", "GSSAPI", protocol, serverId];
  const auth = writeFields(...texts.map((each, index) => [index + 1, Buffer.from(each)] as const));
  return frame(writeFields([2, SaslState.initiate], [3, token], [4, auth]));
}

/** Reads one answer, without the length in front. @throws FormatError */
export function readHadoopReply(bytes: Uint8Array): HadoopReply {
  const reader = new ProtobufReader(bytes);
  const header = reader.message();
  // RpcResponseHeaderProto: 0 is success; an error, fatal or not, says which exception it was.
  if (header.numbers.get(2) !== 0) {
    return { kind: "error", exception: text(header, 4), message: text(header, 5) };
  }
  const sasl = reader.message();
  const auths = (sasl.bytes.get(4) ?? []).map((each): HadoopAuth => {
    const fields = new ProtobufReader(each).fields();
    return { method: text(fields, 1), protocol: text(fields, 3), serverId: text(fields, 4) };
  });
  return { kind: "sasl", state: sasl.numbers.get(2) ?? -1, auths };
}

function text({ bytes }: Message, number: number): string {
  return Buffer.from(bytes.get(number)?.[0] ?? []).toString("utf8");
}
