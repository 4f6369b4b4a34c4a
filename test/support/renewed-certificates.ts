import { readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { certificateFiles } from "../../src/shell/certificates/certificate-files.ts";
import { makeCertificate } from "../../src/shell/certificates/generate-certificate.ts";

/** The files of a mounted Secret by name: tls.crt, tls.key and ca.crt. */
export type CertificateFiles = ReadonlyMap<string, Uint8Array>;

const names = ["tls.crt", "tls.key", "ca.crt"] as const;
/** What sluice certs makes is valid from that much earlier. */
const skewMs = 300_000;

/** A self-signed certificate that is valid from and until so many seconds from now. */
export function certificateFor(commonName: string, from: number, to: number): CertificateFiles {
  const begins = new Date(Date.now() + from * 1000 + skewMs);
  const days = ((to - from) * 1000 - skewMs) / 86_400_000;
  return certificateFiles(makeCertificate({ commonName, dns: [], ip: [], key: "ec", days }, begins), "none");
}

/** What is mounted in a folder now. */
export function mountedFiles(folder: string): CertificateFiles {
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/** Puts other files in the place of what is mounted, as kubelet does for a Secret that has changed, `ago` seconds ago. */
export function mountFiles(folder: string, files: CertificateFiles, ago: number): void {
  const at = new Date(Date.now() - ago * 1000);
  for (const name of names) {
    const path = join(folder, name);
    rmSync(path, { force: true });
    writeFileSync(path, files.get(name) ?? "", { mode: 0o644 });
    utimesSync(path, at, at);
  }
}
