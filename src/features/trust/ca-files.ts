import { join } from "node:path/posix";
import type { Notice, Problem } from "../../core/findings/problem.ts";
import { readingFailure } from "../../core/system/reading-failure.ts";
import type { System } from "../../core/system/system.ts";
import type { Certificate } from "../../formats/x509/certificate.ts";
import { readCertificateFile, rejectedNotice } from "../../tls/read-certificate-file.ts";
import { trustProblems } from "./problems.ts";
import type { Service } from "./services.ts";

/** A certificate that somebody wants to be trusted. */
export interface Wanted {
  readonly certificate: Certificate;
  readonly service: string;
  /** The variable, and the file. */
  readonly where: readonly string[];
  readonly source: string;
}

export interface WantedRead {
  readonly wanted: readonly Wanted[];
  readonly problems: readonly Problem[];
  readonly notices?: readonly Notice[];
}

/** Secrets of Strimzi and cert-manager hold stores and their password beside `ca.crt`: those are passed over. */
const holdsCertificates = /\.(crt|pem|cer|der|p7b|p7c)$/i;

/** What the Temurin entrypoint looks for: file names that end so, in sub-folders too. */
const temurin = { dir: "/certificates", names: /crt$/ };

/** Where distributions keep their CAs: Debian, Ubuntu and Alpine; Fedora and RHEL. */
const bundles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"];

/** The certificates in a service's folder. */
export function readServiceDir({ name, dir, variable, mustExist }: Service, system: System): WantedRead {
  const listing = system.listDirectory(dir);
  if (listing.kind === "missing" && !mustExist) {
    const text = `${dir} does not exist, so that only the JDK's own CAs are trusted`;
    return { wanted: [], problems: [], notices: [{ level: "info", where: [variable], text }] };
  }
  if (listing.kind !== "listing") {
    const { text, hint } =
      listing.kind === "missing"
        ? { text: "no such folder", hint: `mount the CA certificates there, or unset ${variable}` }
        : readingFailure(listing.kind);
    return { wanted: [], problems: [trustProblems.problem("dir-unreadable", [variable, dir], text, hint)] };
  }
  const keys = listing.names
    .filter((file) => /\.key$/i.test(file))
    .map((file) => privateKey([variable, join(dir, file)]));
  const files = listing.names.filter((file) => holdsCertificates.test(file));
  if (files.length === 0 && keys.length === 0) {
    const found =
      listing.names.length === 0
        ? "the folder is empty"
        : `no certificates among ${listing.names.slice(0, 10).join(", ")}`;
    return {
      wanted: [],
      problems: [
        trustProblems.problem(
          "no-certificate",
          [variable, dir],
          found,
          "put the CA's certificate there as .crt, .pem, .cer, .der, .p7b or .p7c",
        ),
      ],
    };
  }
  const reads = files.map((file) => {
    const path = join(dir, file);
    return readFile(name, [variable, path], path, system);
  });
  return {
    wanted: reads.flatMap(({ wanted }) => wanted),
    problems: [...keys, ...reads.flatMap(({ problems }) => problems)],
    notices: reads.flatMap(({ notices }) => notices ?? []),
  };
}

/** What `USE_SYSTEM_CA_CERTS` stands for in the images of Temurin: `/certificates`, and the operating system's own CAs. */
export function readSystemCertificates(system: System): WantedRead {
  const variable = "USE_SYSTEM_CA_CERTS";
  const mounted = filesBelow(temurin.dir, system).filter((path) => temurin.names.test(path));
  const bundle = bundles.find((path) => system.readFile(path).kind !== "missing");
  const reads = [
    ...mounted.map((path) => readFile("certificates", [variable, path], path, system)),
    ...(bundle === undefined ? [] : [readFile("system", [variable, bundle], bundle, system)]),
  ];
  return {
    wanted: reads.flatMap(({ wanted }) => wanted),
    problems: reads.flatMap(({ problems }) => problems),
    notices: reads.flatMap(({ notices }) => notices ?? []),
  };
}

/** Deeper than any mount, and an end for links that go in a circle. */
const deepest = 5;

function filesBelow(dir: string, system: System, depth = 0): readonly string[] {
  const listing = system.listDirectory(dir);
  if (listing.kind !== "listing" || depth > deepest) return depth === 0 ? [] : [dir];
  return listing.names.flatMap((name) => {
    const path = join(dir, name);
    const isFolder = !temurin.names.test(name) || system.readFile(path).kind === "directory";
    return isFolder ? filesBelow(path, system, depth + 1) : [path];
  });
}

function readFile(service: string, where: readonly string[], path: string, system: System): WantedRead {
  const read = readCertificateFile(where, path, system);
  if (read.kind === "unreadable")
    return { wanted: [], problems: [trustProblems.problem("file-unreadable", read.where, read.text, read.hint)] };
  if (read.kind === "bad") {
    if (holdsKey(path, system)) return { wanted: [], problems: [privateKey(read.where)] };
    return { wanted: [], problems: [trustProblems.problem("bad-certificate", read.where, read.text, read.hint)] };
  }
  return {
    wanted: read.certificates.map((certificate) => ({ certificate, service, where, source: path })),
    problems: [],
    notices: read.rejected.map((certificate) => rejectedNotice(certificate, where)),
  };
}

function holdsKey(path: string, system: System): boolean {
  const read = system.readFile(path);
  return read.kind === "file" && Buffer.from(read.bytes).includes("PRIVATE KEY-----");
}

function privateKey(where: readonly string[]): Problem {
  return trustProblems.problem(
    "private-key",
    where,
    "there is a private key among the CA certificates",
    "take it out of this mount: a truststore needs certificates only",
  );
}
