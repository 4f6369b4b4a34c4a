// npm run lint: types, lint rules with the layers, formatting, and exports or packages that nothing uses.
import { execa } from "execa";

const checks = [
  { name: "types", command: ["node_modules/typescript/bin/tsc"] },
  { name: "rules", command: ["node_modules/oxlint/bin/oxlint", "--type-aware", "--deny-warnings"] },
  { name: "format", command: ["node_modules/oxfmt/bin/oxfmt", "--check"] },
  { name: "unused", command: ["node_modules/knip/bin/knip.js"] },
] as const;

/** Runs every check, two at a time, and prints what they found. */
export async function lint(): Promise<{ readonly passed: number; readonly failed: number }> {
  const outcomes: boolean[] = [];
  const waiting = [...checks];
  const worker = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const { failed, all } = await execa(process.execPath, check.command, { all: true, reject: false });
      process.stdout.write(`${failed ? "✗" : "✓"} lint: ${check.name}\n${failed ? `${all}\n` : ""}`);
      outcomes.push(!failed);
    }
  };
  await Promise.all([worker(), worker()]);
  const passed = outcomes.filter(Boolean).length;
  return { passed, failed: outcomes.length - passed };
}

if (import.meta.main) process.exitCode = (await lint()).failed > 0 ? 1 : 0;
