import type { Finding } from "../../../core/findings/findings.ts";
import { type Address, addressText, type Connection, NetworkFailure } from "../../../core/system/network.ts";
import type { ProbeContext } from "../../../core/feature/probe.ts";
import type { Problem } from "../../../core/findings/problem.ts";
import { FormatError } from "../../../formats/format-error.ts";
import { authenticate } from "./authenticate.ts";
import type { SaslLogin } from "./sasl-login.ts";
import type { ServerFound } from "../../../preflight/partly-reachable.ts";
import { KafkaConversation } from "./conversation.ts";
import { brokerProblems } from "./problems.ts";
import type { TlsRequirements } from "../../../preflight/tls-requirements.ts";
import { alert, connectTrusted } from "../../../preflight/trusted-connection.ts";
import { unreachable } from "../../../preflight/unreachable.ts";

const { problem } = brokerProblems;

/** The settings of a Kafka client, as a job will use them. */
export interface KafkaClient {
  /** The variable or file that names the brokers. */
  readonly where: readonly string[];
  readonly servers: readonly Address[];
  readonly tls: TlsRequirements | undefined;
  /** Undefined: the client does not authenticate with SASL. */
  readonly sasl: SaslLogin | undefined;
}

/** Speaks with one broker as far as a client does before its first record. */
export class Broker {
  readonly #client: KafkaClient;
  readonly #address: Address;
  readonly #context: ProbeContext;
  readonly #where: readonly string[];

  constructor(client: KafkaClient, address: Address, context: ProbeContext) {
    this.#client = client;
    this.#address = address;
    this.#context = context;
    this.#where = [...client.where, addressText(address)];
  }

  async check(): Promise<ServerFound> {
    try {
      const { tls } = this.#client;
      return { findings: tls === undefined ? await this.#plainly() : await this.#byTls(tls) };
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      const place = { where: this.#client.where, address: this.#address };
      const reached = unreachable(problem, "the broker", place, error);
      return reached === undefined
        ? { findings: [this.#noKafka(error.message)] }
        : { findings: [], unreachable: reached };
    }
  }

  async #plainly(): Promise<readonly Finding[]> {
    const connection = await this.#context.network.connect(this.#address);
    try {
      const conversation = new KafkaConversation(connection);
      await conversation.apiVersions();
      return await this.#authenticated(conversation);
    } catch (error) {
      if (!(error instanceof FormatError || error instanceof NetworkFailure)) throw error;
      if (await this.#speaksTls()) return [this.#needsTls()];
      if (error instanceof NetworkFailure) throw error;
      return [this.#noKafka(error.message)];
    } finally {
      connection.close();
    }
  }

  async #byTls(tls: TlsRequirements): Promise<readonly Finding[]> {
    const { network, anchors } = this.#context;
    const destination = { where: this.#where, address: this.#address, tls };
    let open: Connection | undefined;
    try {
      const { connection, findings } = await connectTrusted(destination, network, anchors);
      if (connection === undefined) return findings;
      open = connection;
      const conversation = new KafkaConversation(connection);
      await conversation.apiVersions();
      return [...findings, ...(await this.#authenticated(conversation))];
    } catch (error) {
      if (error instanceof FormatError) return [this.#noKafka(error.message)];
      if (!(error instanceof NetworkFailure)) throw error;
      if (error.kind === "alert") return [alert(this.#where, error, tls)];
      const isNoTls = open === undefined && !["unknown-host", "refused"].includes(error.kind);
      if (isNoTls && (await this.#speaksPlainly())) return [this.#noTls()];
      throw error;
    } finally {
      open?.close();
    }
  }

  async #authenticated(conversation: KafkaConversation): Promise<readonly Finding[]> {
    const { sasl } = this.#client;
    return authenticate(conversation, sasl, { where: this.#where, address: this.#address }, this.#context);
  }

  async #speaksTls(): Promise<boolean> {
    try {
      (await this.#context.network.connectTls(this.#address, undefined)).close();
      return true;
    } catch (error) {
      if (error instanceof NetworkFailure) return error.kind === "alert";
      throw error;
    }
  }

  async #speaksPlainly(): Promise<boolean> {
    try {
      const connection = await this.#context.network.connect(this.#address);
      try {
        await new KafkaConversation(connection).apiVersions();
        return true;
      } finally {
        connection.close();
      }
    } catch (error) {
      if (error instanceof NetworkFailure || error instanceof FormatError) return false;
      throw error;
    }
  }

  #needsTls(): Problem {
    const hint = "set KAFKA_SSL_ENABLED=true, or name the brokers' port without TLS";
    return problem("needs-tls", this.#where, "this port takes TLS only, and KAFKA_SSL_ENABLED is not true", hint);
  }

  #noTls(): Problem {
    const hint = "name the brokers' port for TLS, or unset KAFKA_SSL_ENABLED";
    return problem("no-tls", this.#where, "this port has no TLS, and KAFKA_SSL_ENABLED is true", hint);
  }

  #noKafka(text: string): Problem {
    return problem("not-kafka", this.#where, text, "name the host and port of a Kafka broker");
  }
}
