import { describe, expect, it } from "vitest";
import { readHttpResponse } from "../../../src/formats/http-response.ts";

const read = (text: string) => readHttpResponse(Buffer.from(text));

describe("readHttpResponse", () => {
  it.each([
    ["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", { status: 200, body: "{}" }],
    ["HTTP/1.0 401 Unauthorized\r\nA: b\r\nC: d\r\n\r\n", { status: 401, body: "" }],
    ["HTTP/1.1 204\r\n\r\n", { status: 204, body: "" }],
    [
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{"a\r\n4;x=y\r\n":1}\r\n0\r\n\r\n',
      { status: 200, body: '{"a":1}' },
    ],
    ["HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n2\r\nab", { status: 200, body: "ab" }],
    ["HTTP/1.1 200 OK\r\nA: b\r\n\r\nä", { status: 200, body: "ä" }],
  ])("%j", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each(["", "hello", "HTTP/2 200\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b"])("refuses %j", (text) => {
    expect(() => read(text)).toThrow("the server did not answer with HTTP");
  });
});
