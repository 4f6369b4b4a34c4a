import type { Planned } from "./assemble.ts";
import { maskArguments, maskEnvironment } from "./mask-arguments.ts";
import { problemJson } from "../findings/problem.ts";
import type { Content, Plan, PlannedStoreEntry } from "./plan.ts";
import { maskText } from "../../secret.ts";

/** A plan, or what stands against it, in the form that docs/plan.schema.json describes. Secrets are masks. */
export function planJson(planned: Planned): string {
  const document =
    planned.kind === "plan"
      ? { version: 1, ok: true, ...plan(planned.plan), problems: [], notices: planned.plan.notices }
      : { version: 1, ok: false, problems: planned.problems.map(problemJson), notices: planned.notices };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function plan(from: Plan): object {
  return {
    command: maskArguments(from.command),
    runDir: from.runDir,
    roleDir: from.roleDir,
    flink: from.flink,
    flinkConfiguration: from.flinkConf.map(({ key, value, owner }) => ({ key, value: String(value), owner })),
    files: from.files.map(({ path, mode, owner, content, basis }) => ({
      path,
      mode: mode.toString(8).padStart(4, "0"),
      owner,
      ...(basis === undefined ? {} : { basis: basis.path }),
      ...fileContent(content),
    })),
    links: from.links.map(({ path, target, owner }) => ({ path, target, owner })),
    algorithms: from.algorithms.map(({ part, name }) => ({ part, name })),
    trustedCertificates: from.trusted.map(({ certificate, ...rest }) => ({ ...rest, ...describe(certificate) })),
    exec: {
      path: from.exec.path,
      argv: maskArguments(from.exec.argv),
      environment: { set: maskEnvironment(from.exec.set), unset: from.exec.unset },
      ...(from.exec.redirect === undefined ? {} : { redirect: from.exec.redirect }),
    },
  };
}

function fileContent(content: Content): object {
  switch (content.kind) {
    case "text":
      return { kind: "text", text: maskText(content.text) };
    case "copy":
      return { kind: "copy", from: content.from };
    case "keystore":
      return {
        kind: "keystore",
        format: "pkcs12",
        password: content.password?.toString() ?? null,
        inherited: content.inherited?.length ?? 0,
        entries: content.entries.map(storeEntry),
      };
  }
}

function storeEntry(entry: PlannedStoreEntry): object {
  if (entry.kind === "trusted") return { kind: "trusted", alias: entry.alias, ...describe(entry.certificate) };
  return { kind: "key", alias: entry.alias, key: entry.pkcs8.toString(), chain: entry.chain.map(describe) };
}

function describe(certificate: { readonly subject: string; readonly sha256: string; readonly notAfter: Date }): object {
  return { subject: certificate.subject, sha256: certificate.sha256, notAfter: certificate.notAfter.toISOString() };
}
