import { describe, expect, it } from "vitest";
import type { Connection } from "../../../src/core/system/network.ts";
import { openSecret, Secret } from "../../../src/secret.ts";
import { authenticate } from "../../../src/services/kafka/probe/authenticate.ts";
import { KafkaConversation } from "../../../src/services/kafka/probe/conversation.ts";
import type { ProbeContext } from "../../../src/core/feature/probe.ts";

const unused = () => {
  throw new Error("nothing asks for it here");
};
const network = { random: (length: number) => Buffer.alloc(length, 1) };
// The login by a password needs only random bytes of the network.
const context = { network, anchors: unused } as unknown as ProbeContext;

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** A broker that asks for so many iterations, and takes any proof. */
function brokerAsking(iterations: string) {
  let reply = Buffer.alloc(0);
  const proofs: Uint8Array[] = [];
  const noError = Buffer.from([0, 0]);
  const noMessage = Buffer.from([0xff, 0xff]);
  const answerTo = (sent: Uint8Array | Secret<Uint8Array>): Buffer => {
    if (sent instanceof Secret) {
      proofs.push(openSecret(sent));
      return Buffer.concat([int32(3), noError, noMessage, int32(0)]);
    }
    const nonce = /,r=([^,]+)$/.exec(Buffer.from(sent).toString("latin1"))?.[1];
    if (nonce === undefined) return Buffer.concat([int32(1), noError, int32(0)]);
    const first = Buffer.from(`r=${nonce}x,s=c2FsdA==,i=${iterations}`);
    return Buffer.concat([int32(2), noError, noMessage, int32(first.length), first]);
  };
  const connection: Connection = {
    send: (sent) => {
      const answer = answerTo(sent);
      reply = Buffer.concat([int32(answer.length), answer]);
    },
    read: async (length) => {
      const bytes = reply.subarray(0, length);
      reply = reply.subarray(length);
      return bytes;
    },
    readToEnd: unused,
    close: () => {},
  };
  return { conversation: new KafkaConversation(connection), proofs };
}

async function login(iterations: string) {
  const { conversation, proofs } = brokerAsking(iterations);
  const password = new Secret("KAFKA_SASL_PASSWORD", () => "planted");
  const sasl = { mechanism: "SCRAM-SHA-512", username: "flink", password } as const;
  const place = { where: ["KAFKA_BOOTSTRAP_SERVERS"], address: { host: "broker", port: 9093 } };
  return { findings: await authenticate(conversation, sasl, place, context), proofs };
}

describe("SCRAM's iterations", () => {
  it.each(["4096", "16384", "250000"])("%s: logs in", async (iterations) => {
    const { findings, proofs } = await login(iterations);
    expect(proofs).toHaveLength(1);
    expect(findings).toMatchObject([{ level: "info", text: "has logged flink in by SCRAM-SHA-512" }]);
  });

  // Computed, 999,999,999 would take minutes.
  it.each(["250001", "999999999"])("%s: says that the login was not tried", async (iterations) => {
    const { findings, proofs } = await login(iterations);
    expect(proofs).toHaveLength(0);
    expect(findings).toMatchObject([{ level: "warning", text: expect.stringContaining(`${iterations} iterations`) }]);
  });

  it.each(["0", "1", "4095"])("%s: is refused, as by Kafka's client", async (iterations) => {
    const { findings, proofs } = await login(iterations);
    expect(proofs).toHaveLength(0);
    expect(findings).toMatchObject([{ code: "broker/few-iterations", hint: expect.stringContaining("kafka-configs") }]);
  });
});
