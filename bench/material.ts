import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { issueCertificate } from "../src/formats/x509/issue-certificate.ts";
import { writePem } from "../src/formats/x509/pem.ts";

const dayMs = 86_400_000;

/** Makes a folder with that many CA certificates, one in each file. */
export function makeAuthorities(folder: string, count: number): void {
  mkdirSync(folder);
  const notBefore = new Date(Date.now() - dayMs);
  for (let index = 0; index < count; index++) {
    const certificate = issueCertificate({
      subject: { CN: `Authority ${index}`, O: "Bench" },
      keyPair: generateKeyPairSync("ec", { namedCurve: "prime256v1" }),
      notBefore,
      notAfter: new Date(notBefore.getTime() + 3650 * dayMs),
      serial: Uint8Array.of(1, index),
      ca: true,
    });
    writeFileSync(join(folder, `${index}.crt`), writePem("CERTIFICATE", certificate.der));
  }
}

/** JAVA_HOME, or that of the java on PATH. */
export function findJavaHome(): string {
  const given = process.env["JAVA_HOME"];
  if (given !== undefined) return given;
  const { stderr } = spawnSync("java", ["-XshowSettings:properties", "-version"], { encoding: "utf8" });
  const home = /java\.home = (.*)/.exec(stderr)?.[1];
  if (home === undefined) throw new Error("no java on PATH; set JAVA_HOME");
  return home;
}
