import { describe, expect, it } from "vitest";
import type { Network } from "../../../src/core/system/network.ts";
import { KerberosClient } from "../../../src/preflight/kerberos/client.ts";
import { asRep, encAsRepPart, krbError } from "../../support/kdc-replies.ts";

const now = new Date("2026-06-15T12:00:00Z");
const realms = [{ where: ["KERBEROS_KDC"], realm: "CORP", kdcs: [{ host: "kdc", port: 88 }], overUdp: false }];
const login = { where: ["KERBEROS_KEYTAB", "/keytab"], keytab: "/keytab", principal: "flink@CORP", realms };

/** A KDC that gives everybody a ticket, and answers this of Kafka. */
function networkWith(ofKafka: Buffer): { readonly network: Network; readonly asked: string[] } {
  const asked: string[] = [];
  const connect = async () => {
    let reply = Buffer.alloc(0);
    return {
      send: (bytes: unknown) => {
        const isKafka = bytes instanceof Uint8Array && Buffer.from(bytes).includes("kafka");
        asked.push(isKafka ? "kafka" : "krbtgt");
        const answer = isKafka ? ofKafka : asRep({ kvno: 1, type: 18 });
        const length = Buffer.alloc(4);
        length.writeUInt32BE(answer.length);
        reply = Buffer.concat([length, answer]);
      },
      read: async (length: number) => {
        const bytes = reply.subarray(0, length);
        reply = reply.subarray(length);
        return bytes;
      },
      readToEnd: async () => reply,
      close: () => {},
    };
  };
  const key = { type: 18, kvno: 1, encrypt: () => Buffer.alloc(40), decrypt: () => encAsRepPart(0x79) };
  const unused = () => {
    throw new Error("nothing asks for it here");
  };
  const network: Network = {
    now: () => now,
    random: (length) => Buffer.alloc(length, 1),
    lookup: unused,
    reverse: unused,
    connect,
    connectTls: unused,
    ask: unused,
    keytabKeys: () => [key],
    usableKey: unused,
  };
  return { network, asked };
}

describe("KerberosClient", () => {
  it("logs in once, and gets each ticket once", async () => {
    const { network, asked } = networkWith(asRep({ kvno: 7, type: 18 }));
    const client = new KerberosClient(network);
    const outcomes = await Promise.all([
      client.login(login),
      client.ticket(login, "kafka/a", "mend it"),
      client.ticket(login, "kafka/a", "mend it"),
    ]);
    expect(outcomes.flatMap(({ findings }) => findings)).toEqual([]);
    expect(outcomes[1].ticket).toMatchObject({ client: "flink", realm: "CORP", serviceKvno: 7 });
    expect(outcomes[2]).toBe(outcomes[1]);
    // The first is for the KDC itself.
    expect(asked).toEqual(["krbtgt", "krbtgt", "kafka"]);
  });

  it("takes an unknown service for a problem, and another refusal for a warning", async () => {
    const unknown = new KerberosClient(networkWith(krbError({ code: 7 })).network);
    expect((await unknown.ticket(login, "kafka/a", "mend it")).findings).toEqual([
      {
        code: "kdc/service-unknown",
        where: login.where,
        text: "the KDC does not know kafka/a@CORP",
        hint: "mend it",
      },
    ]);
    const strict = new KerberosClient(networkWith(krbError({ code: 27 })).network);
    const { findings } = await strict.ticket(login, "kafka/a", "mend it");
    expect(findings).toMatchObject([{ level: "warning", text: expect.stringContaining("error 27") }]);
  });

  it("has nothing to say where no KDC of the realm is known", async () => {
    const client = new KerberosClient(networkWith(krbError({ code: 7 })).network);
    expect(await client.ticket({ ...login, realms: [] }, "kafka/a", "mend it")).toEqual({ findings: [] });
  });
});
