import { FormatError } from "../../../formats/format-error.ts";

/** Of the requests that a client sends before it is known who it is (Kafka's protocol guide, "Protocol API Keys"). */
const apiKeys = { apiVersions: 18, saslHandshake: 17, saslAuthenticate: 36 } as const;

const clientId = "sluice-check";

/** What is sent, with its length in front. */
function frame(api: keyof typeof apiKeys, version: number, correlationId: number, body: Uint8Array): Buffer {
  const header = Buffer.alloc(8);
  header.writeInt16BE(apiKeys[api], 0);
  header.writeInt16BE(version, 2);
  header.writeInt32BE(correlationId, 4);
  const payload = Buffer.concat([header, counted(clientId), body]);
  const length = Buffer.alloc(4);
  length.writeInt32BE(payload.length);
  return Buffer.concat([length, payload]);
}

function counted(text: string): Buffer {
  const bytes = Buffer.from(text, "utf8");
  const length = Buffer.alloc(2);
  length.writeInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** ApiVersions, version 0: every broker answers it, on every listener. */
export function apiVersionsRequest(correlationId: number): Buffer {
  return frame("apiVersions", 0, correlationId, Buffer.alloc(0));
}

/** SaslHandshake, version 1: what follows is wrapped in SaslAuthenticate. */
export function saslHandshakeRequest(correlationId: number, mechanism: string): Buffer {
  return frame("saslHandshake", 1, correlationId, counted(mechanism));
}

/** SaslAuthenticate, version 0, with one token of the mechanism. */
export function saslAuthenticateRequest(correlationId: number, token: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(token.length);
  return frame("saslAuthenticate", 0, correlationId, Buffer.concat([length, token]));
}

/** Kafka's error codes that are told apart. */
export const KafkaError = {
  none: 0,
  unsupportedMechanism: 33,
  illegalSaslState: 34,
  authenticationFailed: 58,
} as const;

export interface SaslHandshakeReply {
  readonly error: number;
  /** What the listener has enabled. */
  readonly mechanisms: readonly string[];
}

export interface SaslAuthenticateReply {
  readonly error: number;
  readonly message: string | undefined;
  readonly token: Uint8Array;
}

/** The payload behind a reply's correlation id. @throws FormatError where it answers another request */
export function replyBody(reply: Uint8Array, correlationId: number): ReplyReader {
  const reader = new ReplyReader(reply);
  if (reader.int32() !== correlationId) throw notKafka();
  return reader;
}

/** Whether it is an answer to ApiVersions: an error code, and a list. @throws FormatError */
export function readApiVersionsReply(body: ReplyReader): { readonly error: number; readonly apis: number } {
  const error = body.int16();
  const apis = body.int32();
  if (apis < 0 || apis > 1000) throw notKafka();
  return { error, apis };
}

/** @throws FormatError */
export function readSaslHandshakeReply(body: ReplyReader): SaslHandshakeReply {
  const error = body.int16();
  const count = body.int32();
  if (count < 0 || count > 100) throw notKafka();
  return { error, mechanisms: Array.from({ length: count }, () => body.text() ?? "") };
}

/** @throws FormatError */
export function readSaslAuthenticateReply(body: ReplyReader): SaslAuthenticateReply {
  const error = body.int16();
  const message = body.text();
  return { error, message, token: body.bytes() };
}

function notKafka(): FormatError {
  return new FormatError("the server did not answer as a Kafka broker", "name a broker's host and port");
}

/** Reads Kafka's primitive types. */
export class ReplyReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #take(length: number): number {
    if (length < 0 || this.#at + length > this.#bytes.length) throw notKafka();
    this.#at += length;
    return this.#at - length;
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.#take(2));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#take(4));
  }

  /** NULLABLE_STRING. */
  text(): string | undefined {
    const length = this.int16();
    if (length === -1) return undefined;
    const start = this.#take(length);
    return this.#bytes.toString("utf8", start, start + length);
  }

  /** BYTES. */
  bytes(): Uint8Array {
    const length = this.int32();
    const start = this.#take(length);
    return this.#bytes.subarray(start, start + length);
  }
}
