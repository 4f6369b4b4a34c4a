import type { Network } from "../../core/system/network.ts";

/** 31 random bits. */
export function nonce(network: Network): number {
  return Buffer.from(network.random(4)).readUInt32BE() >>> 1;
}
