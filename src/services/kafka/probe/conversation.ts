import type { Connection } from "../../../core/system/network.ts";
import { Secret } from "../../../secret.ts";
import { FormatError } from "../../../formats/format-error.ts";
import {
  apiVersionsRequest,
  readApiVersionsReply,
  readSaslAuthenticateReply,
  readSaslHandshakeReply,
  replyBody,
  type ReplyReader,
  type SaslAuthenticateReply,
  type SaslHandshakeReply,
  saslAuthenticateRequest,
  saslHandshakeRequest,
} from "./requests.ts";

/** Answers to what is asked here have some hundred bytes. */
const largest = 1024 * 1024;

/** One connection to a broker. Any other answer than a broker's is a FormatError. */
export class KafkaConversation {
  readonly #connection: Connection;
  #last = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async apiVersions(): Promise<void> {
    readApiVersionsReply(await this.#ask(apiVersionsRequest));
  }

  async saslHandshake(mechanism: string): Promise<SaslHandshakeReply> {
    return readSaslHandshakeReply(await this.#ask((id) => saslHandshakeRequest(id, mechanism)));
  }

  async saslAuthenticate(token: Uint8Array | Secret<Uint8Array>): Promise<SaslAuthenticateReply> {
    const request = (id: number) =>
      token instanceof Secret
        ? token.map((bytes): Uint8Array => saslAuthenticateRequest(id, bytes))
        : saslAuthenticateRequest(id, token);
    return readSaslAuthenticateReply(await this.#ask(request));
  }

  async #ask(request: (correlationId: number) => Uint8Array | Secret<Uint8Array>): Promise<ReplyReader> {
    const id = ++this.#last;
    this.#connection.send(request(id));
    const length = Buffer.from(await this.#connection.read(4)).readInt32BE();
    if (length < 4 || length > largest) {
      throw new FormatError("the server did not answer as a Kafka broker", "name a broker's host and port");
    }
    return replyBody(await this.#connection.read(length), id);
  }
}
