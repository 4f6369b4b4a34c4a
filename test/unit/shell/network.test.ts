import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { Secret } from "../../../src/secret.ts";
import { openNetwork } from "../../../src/shell/network/network.ts";
import { fakeSystem } from "../../support/fake-system.ts";
import { freePorts } from "../../../testkit/free-ports.ts";
import { writeKeytab } from "../../support/keytabs.ts";

const limits = { connect: 20_000, answer: 20_000, total: 60_000 };
const servers: Server[] = [];
const sockets: Socket[] = [];

async function serve(onConnection: (socket: Socket) => void): Promise<{ host: string; port: number }> {
  const server = createServer((socket) => {
    sockets.push(socket.on("error", () => {}));
    onConnection(socket);
  }).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return { host: "localhost", port: (server.address() as AddressInfo).port };
}

describe("the network", () => {
  const network = openNetwork(limits, fakeSystem());
  const impatient = openNetwork({ ...limits, answer: 50 }, fakeSystem());

  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });
  afterAll(() => {
    for (const server of servers) server.close();
  });

  it("reads as many bytes as are asked for, however they come", async () => {
    const address = await serve((socket) => {
      socket.once("data", (bytes) => {
        socket.write("ab");
        setTimeout(() => socket.end(`c${bytes.toString()}`), 20);
      });
    });
    const connection = await network.connect(address);
    connection.send(new Secret("a test", () => Buffer.from("xy")));
    expect(Buffer.from(await connection.read(3)).toString()).toBe("abc");
    expect(Buffer.from(await connection.readToEnd()).toString()).toBe("xy");
    await expect(connection.read(1)).rejects.toMatchObject({ kind: "closed" });
    connection.close();
  });

  it("knows what is refused, unknown, silent, closed, and no TLS", async () => {
    const [port = 0] = await freePorts(1);
    await expect(network.connect({ host: "127.0.0.1", port })).rejects.toMatchObject({ kind: "refused" });
    await expect(network.connect({ host: "a.invalid", port })).rejects.toMatchObject({ kind: "unknown-host" });
    const silent = await impatient.connect(await serve(() => {}));
    await expect(silent.read(1)).rejects.toMatchObject({ kind: "silent" });
    const closing = await network.connect(await serve((socket) => socket.end()));
    await expect(closing.read(1)).rejects.toMatchObject({ kind: "closed" });
    const web = await serve((socket) => socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")));
    await expect(network.connectTls(web, undefined)).rejects.toMatchObject({ kind: "not-tls" });
    await expect(impatient.connectTls(await serve(() => {}), undefined)).rejects.toMatchObject({ kind: "silent" });
    await expect(impatient.ask({ host: "127.0.0.1", port }, Buffer.from("x"))).rejects.toMatchObject({
      kind: expect.stringMatching(/refused|silent/),
    });
  });

  it("has no time left when all of it is gone", async () => {
    const late = openNetwork({ connect: 60_000, answer: 60_000, total: 0 }, fakeSystem());
    const address = await serve(() => {});
    await expect(late.connect(address).then((connection) => connection.read(1))).rejects.toMatchObject({
      kind: expect.stringMatching(/silent|unknown-host/),
    });
  });

  it("uses the newest AES keys of a keytab, strongest first, and shows none", () => {
    const key = (principal: string, kvno: number, encryptionType: number) => ({ principal, kvno, encryptionType });
    const keytab = writeKeytab([
      key("flink@CORP", 1, 18),
      key("flink@CORP", 2, 17),
      key("flink@CORP", 2, 20),
      key("flink@CORP", 2, 23),
      key("other@CORP", 3, 18),
    ]);
    const keys = openNetwork(limits, fakeSystem({ "/keytab": keytab })).keytabKeys("/keytab", "flink@CORP");
    expect(keys.map(({ kvno, type }) => [kvno, type])).toEqual([
      [2, 20],
      [2, 17],
    ]);
    const [first] = keys;
    const text = first?.encrypt(1, Buffer.from("now")) ?? Buffer.alloc(0);
    expect(Buffer.from(first?.decrypt(1, text) ?? []).toString()).toBe("now");
    expect(network.keytabKeys("/nowhere", "flink@CORP")).toEqual([]);
  });
});
