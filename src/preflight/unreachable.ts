import { type Address, addressText, type NetworkFailure } from "../core/system/network.ts";
import type { Problem } from "../core/findings/problem.ts";

type Name = "unknown-host" | "refused" | "silent";

/** Makes a problem for a server that cannot be reached; undefined where it was reached. `server` is such as `the KDC`. */
export function unreachable(
  problem: (name: Name, where: readonly string[], text: string, hint: string) => Problem,
  server: string,
  { where, address }: { readonly where: readonly string[]; readonly address: Address },
  { kind, message }: NetworkFailure,
): Problem | undefined {
  const at = [...where, addressText(address)];
  switch (kind) {
    case "unknown-host": {
      const text = message.startsWith("DNS") ? message : `DNS has no address for ${address.host}`;
      return problem("unknown-host", at, text, `correct the name in ${where[0] ?? ""}, or add it to DNS`);
    }
    case "refused":
      return problem("refused", at, `the connection is refused`, `start ${server}, or correct the host or port`);
    case "silent": {
      const hint = `open port ${address.port} in firewalls and network policies, or name another host for ${server}`;
      return problem("silent", at, message, hint);
    }
    case "closed":
    case "not-tls":
    case "alert":
      return undefined;
  }
}
