import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type IncomingMessage, type RequestOptions, type ServerResponse } from "node:http";
import { createServer, request, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { CertificateFiles } from "../../lab/certificates.ts";

/** Stands in front of a search server by HTTPS, as a load balancer does, and can be told to refuse. */
export class SearchProxy {
  readonly #server: Server;
  readonly #target: string;
  readonly #ca: Buffer;
  #refusal: 503 | 429 | undefined;
  /** How many bulk requests were answered with each status. */
  readonly answers = new Map<number, number>();

  private constructor(target: string, certificate: CertificateFiles) {
    const file = (path: string) => readFileSync(path);
    this.#target = target;
    this.#ca = file(certificate.ca);
    this.#server = createServer({ cert: file(certificate.crt), key: file(certificate.key) }, (from, to) =>
      this.#pass(from, to),
    );
  }

  static async start(target: string, certificate: CertificateFiles): Promise<SearchProxy> {
    const proxy = new SearchProxy(target, certificate);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get url(): string {
    return `https://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Answers every request with that status from now on; undefined lets them through. */
  refuse(status: 503 | 429 | undefined): void {
    this.#refusal = status;
  }

  #pass(from: IncomingMessage, to: ServerResponse): void {
    const isBulk = from.url?.startsWith("/_bulk") === true;
    const answer = (status: number) => {
      if (isBulk) this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
    };
    if (this.#refusal !== undefined) {
      answer(this.#refusal);
      from.resume();
      to.writeHead(this.#refusal).end();
      return;
    }
    const { method = "GET", url = "/", headers } = from;
    const options: RequestOptions & { ca: Buffer } = { method, headers, ca: this.#ca };
    const onward = request(`${this.#target}${url}`, options, (response) => {
      answer(response.statusCode ?? 0);
      to.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(to);
    });
    onward.once("error", () => {
      answer(502);
      if (!to.headersSent) to.writeHead(502);
      to.end();
    });
    from.pipe(onward);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await once(this.#server.close(), "close");
  }
}
