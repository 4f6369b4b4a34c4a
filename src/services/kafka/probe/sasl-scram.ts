import { createHash, createHmac, pbkdf2Sync } from "node:crypto";
import { FormatError } from "../../../formats/format-error.ts";

/** What the server asks for in its first message (RFC 5802, 5.1). */
export interface ScramChallenge {
  readonly nonce: string;
  readonly salt: Uint8Array;
  readonly iterations: number;
}

/** The client's first message, without GSS-API's header: what is signed later. */
export function scramFirstBare(username: string, nonce: string): string {
  return `n=${username.replaceAll("=", "=3D").replaceAll(",", "=2C")},r=${nonce}`;
}

/** In front of the client's first message: no channel binding. */
export const scramHeader = "n,,";

/** Below this, Kafka's client refuses to log in (ScramMechanism.minIterations, Kafka 3.9 and 4.2). */
export const fewestScramIterations = 4096;

/**
 * Above this, the proof is not computed: PBKDF2 blocks the process, about 0.2 s for this many. Brokers store up to 16,384
 * (ScramMechanism.maxIterations); the server chooses the number.
 */
export const mostScramIterations = 250_000;

/** Reads the server's first message. @throws FormatError for anything else, such as another's nonce */
export function readScramChallenge(text: string, clientNonce: string): ScramChallenge {
  const found = /^r=([^,]+),s=([A-Za-z0-9+/=]+),i=(\d{1,9})(?:,|$)/.exec(text);
  const [, nonce = "", salt = "", iterations = ""] = found ?? [];
  if (found !== null && nonce.startsWith(clientNonce)) {
    return { nonce, salt: Buffer.from(salt, "base64"), iterations: Number(iterations) };
  }
  throw new FormatError("the server's SCRAM message cannot be read", "look into the server's log");
}

/** The client's last message, with the proof that the password is known (RFC 5802, 3). */
export function scramFinal(
  hash: "sha256" | "sha512",
  password: string,
  { firstBare, serverFirst }: { readonly firstBare: string; readonly serverFirst: string },
  { nonce, salt, iterations }: ScramChallenge,
): Buffer {
  const size = hash === "sha256" ? 32 : 64;
  const salted = pbkdf2Sync(password.normalize("NFKC"), salt, iterations, size, hash);
  const clientKey = createHmac(hash, salted).update("Client Key").digest();
  const storedKey = createHash(hash).update(clientKey).digest();
  const withoutProof = `c=${Buffer.from(scramHeader).toString("base64")},r=${nonce}`;
  const signed = [firstBare, serverFirst, withoutProof].join(",");
  const signature = createHmac(hash, storedKey).update(signed).digest();
  const proof = clientKey.map((octet, index) => octet ^ (signature[index] ?? 0));
  return Buffer.from(`${withoutProof},p=${Buffer.from(proof).toString("base64")}`, "utf8");
}
