import type { Address, Network } from "../../core/system/network.ts";
import { FormatError } from "../../formats/format-error.ts";
import { type KdcReply, readKdcReply } from "../../formats/kerberos/kdc-reply.ts";

/** An answer longer than any ticket: something else than a KDC is there. */
const largest = 1024 * 1024;

/** Sends one request over TCP, with its length in front (RFC 4120, 7.2.2). Throws NetworkFailure, and FormatError for an answer that is not a KDC's. */
export async function askKdc(network: Network, kdc: Address, request: Uint8Array): Promise<KdcReply> {
  const connection = await network.connect(kdc);
  try {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(request.length);
    connection.send(Buffer.concat([length, request]));
    const size = Buffer.from(await connection.read(4)).readUInt32BE();
    if (size > largest)
      throw new FormatError("the server did not answer with Kerberos", "name the KDC's host and port");
    return readKdcReply(await connection.read(size));
  } finally {
    connection.close();
  }
}
