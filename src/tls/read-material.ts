import type { Notice } from "../core/findings/problem.ts";
import { readingFailure } from "../core/system/reading-failure.ts";
import { findLayout, knownLayouts, type Layout } from "./layout.ts";
import type { MaterialRead, MaterialRequest } from "./material.ts";
import { tlsProblems } from "./problems.ts";
import { readPem } from "./read-pem.ts";
import { readStores } from "./read-stores.ts";

/** Reads key, certificates and trust from a mounted folder, whichever of the known layouts it has. */
export function readMaterial(request: MaterialRequest): MaterialRead {
  const where = [request.variable, request.dir];
  const listing = request.system.listDirectory(request.dir);
  if (listing.kind !== "listing") {
    const { text, hint } =
      listing.kind === "missing"
        ? { text: "no such folder", hint: `mount the Secret there, or set ${request.variable}` }
        : readingFailure(listing.kind);
    return { problems: [tlsProblems.problem("dir-unreadable", where, text, hint)], notices: [] };
  }
  const layout = findLayout(listing.names);
  if (layout === undefined) {
    const found =
      listing.names.length === 0
        ? "the folder is empty"
        : `no key and certificate among ${listing.names.slice(0, 10).join(", ")}`;
    return { problems: [tlsProblems.problem("files-missing", where, found, `put there ${knownLayouts}`)], notices: [] };
  }
  const read = layout.kind === "pem" ? readPem(layout, request) : readStores(layout, request);
  return { ...read, notices: [...read.notices, ...notUsed(where, layout), ...needlessPassword(layout, request)] };
}

function needlessPassword(layout: Layout, request: MaterialRequest): readonly Notice[] {
  const { truststorePassword, truststorePasswordVariable: variable = "" } = request;
  if (truststorePassword === undefined || (layout.kind === "stores" && layout.truststore !== undefined)) return [];
  const text = "it is not read: the folder has no truststore that is used";
  return [{ level: "warning", where: [variable], text, hint: `unset ${variable}` }];
}

function notUsed(where: readonly string[], layout: Layout): readonly Notice[] {
  if (layout.unused.length === 0) return [];
  const used =
    layout.kind === "pem" ? [layout.certificate, layout.key, layout.ca] : [layout.keystore, layout.truststore];
  const names = used.filter((name) => name !== undefined).join(", ");
  return [
    {
      level: "info",
      where,
      text: `using ${names}; ${layout.unused.join(", ")} ${layout.unused.length === 1 ? "is" : "are"} not used`,
    },
  ];
}
