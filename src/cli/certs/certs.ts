import { join } from "node:path";
import { ExitCode } from "../../core/findings/exit-code.ts";
import { type KubernetesSecret, writeSecretManifest } from "../../formats/kubernetes-secret.ts";
import { createSecret, readServiceAccount, type ServiceAccount } from "../../shell/certificates/create-secret.ts";
import { authorityFiles, certificateFiles } from "../../shell/certificates/certificate-files.ts";
import { type MadeCertificate, makeCertificate } from "../../shell/certificates/generate-certificate.ts";
import { isTerminal, log, print } from "../../shell/terminal/log.ts";
import { readRegularFile } from "../../shell/files/read-file.ts";
import { readAuthorities, readSigner } from "../../shell/certificates/read-signer.ts";
import { CannotWrite } from "../../shell/run-dir/run-dir.ts";
import { writeFiles } from "../../shell/files/write-files.ts";
import { UsageError } from "../arguments.ts";
import { type CertsOptions, parseCertsOptions, usualDays } from "./options.ts";
import { dnsNames } from "./kubernetes-names.ts";
import type { Environment } from "../prepare.ts";

const publicFiles = ["tls.crt", "ca.crt"];
/** Java refuses a handshake message above 32 kB, and the CA's certificate may go along. */
const largestCertificate = 24_000;

/**
 * Makes a certificate or a CA. Throws UsageError, CannotWrite when a file of that name is there already, CannotSign for a CA that
 * cannot sign; what it returns may reject with CannotCreate.
 */
export function certs(args: readonly string[], environment: Environment): ExitCode | Promise<ExitCode> {
  const options = parseCertsOptions(args);
  const { target } = options;
  if (target.kind === "folder") {
    refuseExisting(target.path, options);
    const { files, description } = make(options, undefined);
    log(description);
    write(target.path, files);
    return ExitCode.done;
  }
  if (target.account === undefined) {
    if (isTerminal(1)) throw new UsageError("this would show a private key", "pipe it: … | kubectl apply -f -");
    const { files, description } = make(options, undefined);
    log(description);
    print(writeSecretManifest({ ...target, namespace: options.namespace, files }));
    return ExitCode.done;
  }
  const account = readServiceAccount(target.account, environment);
  const namespace = options.namespace ?? account.namespace;
  const { files, description } = make(options, namespace);
  return create({ ...target, namespace, files }, account, description);
}

async function create(secret: KubernetesSecret, account: ServiceAccount, description: string): Promise<ExitCode> {
  const outcome = await createSecret(secret, account);
  const name = `the Secret ${secret.namespace}/${secret.name}`;
  log(...(outcome === "created" ? [description, `created ${name}`] : [`${name} is there already, and stays as it is`]));
  return ExitCode.done;
}

interface Made {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly description: string;
}

function make(options: CertsOptions, accountNamespace: string | undefined): Made {
  const now = new Date();
  const signer = options.signWith === undefined ? undefined : readSigner(options.signWith, now);
  const { days } = options;
  if (
    days !== undefined &&
    signer !== undefined &&
    now.getTime() + days * 86_400_000 > signer.certificate.notAfter.getTime()
  ) {
    const until = isoDate(signer.certificate.notAfter);
    throw new UsageError(`--days ${days} is longer than the CA is valid, which is until ${until}`, "leave --days out");
  }
  const namespace = options.namespace ?? accountNamespace ?? "default";
  const dns = [...new Set([...options.dns, ...dnsNames(options.kubernetes, namespace)])];
  const usual = usualDays[options.isCa ? "ca" : "certificate"];
  const trust = options.trust.flatMap(readAuthorities);
  const made = makeCertificate({ ...options, dns, days: days ?? usual, trust, ...(signer && { signer }) }, now);
  if (made.certificate.der.length > largestCertificate) {
    throw new UsageError(
      "these are too many names for a certificate",
      "leave --replicas out: a wildcard takes their place",
    );
  }
  const isAuthority = options.isCa && options.target.kind === "folder";
  return {
    files: isAuthority ? authorityFiles(made) : certificateFiles(made, options.store),
    description: describe(made, [...dns, ...options.ip]),
  };
}

function describe({ certificate, authority }: MadeCertificate, names: readonly string[]): string {
  const by = authority === certificate ? "self-signed" : `signed by ${authority.subject}`;
  const [first, ...more] = names;
  const named = first === undefined ? "" : ` for ${first}${more.length === 0 ? "" : ` and ${more.length} more`}`;
  return `made ${certificate.subject}${named}, ${by}, until ${isoDate(certificate.notAfter)}`;
}

function isoDate(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** Before a key is made, which takes its time. */
function refuseExisting(folder: string, { isCa, store }: CertsOptions): void {
  const extension = store === "jks" ? "jks" : "p12";
  const stores = store === "none" ? [] : [`keystore.${extension}`, `truststore.${extension}`, "password"];
  const names = isCa ? ["ca.crt", "ca.key"] : ["tls.crt", "ca.crt", "tls.key", ...stores];
  const existing = names.map((name) => join(folder, name)).find((path) => readRegularFile(path).kind !== "missing");
  if (existing === undefined) return;
  throw new CannotWrite(existing, "it is there already", "choose another folder, or remove what is in it");
}

function write(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  const ready = [...files].map(([name, bytes]) => ({
    path: join(folder, name),
    mode: publicFiles.includes(name) ? 0o644 : 0o600,
    bytes,
    backup: undefined,
  }));
  for (const path of writeFiles(ready)) log(`wrote ${path}`);
}
