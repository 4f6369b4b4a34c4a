import { FormatError } from "./format-error.ts";

export interface HttpResponse {
  readonly status: number;
  readonly body: string;
}

/** Reads a whole response of HTTP/1 (RFC 9112) whose connection has been closed. @throws FormatError */
export function readHttpResponse(bytes: Uint8Array): HttpResponse {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const found =
    /^HTTP\/1\.[01] (\d{3})[^\r\n]*\r\n([^]*?)\r\n\r\n/.exec(text) ??
    /^HTTP\/1\.[01] (\d{3})[^\r\n]*()\r\n\r\n/.exec(text);
  if (found === null)
    throw new FormatError("the server did not answer with HTTP", "name the host and port of an HTTP server");
  const [head, status = "", headers = ""] = found;
  const body = text.slice(head.length);
  const isChunked = /^transfer-encoding:.*\bchunked\b/im.test(headers);
  return { status: Number(status), body: Buffer.from(isChunked ? joinChunks(body) : body, "latin1").toString("utf8") };
}

function joinChunks(body: string): string {
  let joined = "";
  for (let at = 0; ;) {
    const size = /^([0-9A-Fa-f]{1,7})[^\r\n]*\r\n/.exec(body.slice(at));
    const length = Number.parseInt(size?.[1] ?? "0", 16);
    if (size === null || length === 0) return joined;
    at += size[0].length;
    joined += body.slice(at, at + length);
    at += length + 2;
  }
}
