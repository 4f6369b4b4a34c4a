import { createPrivateKey } from "node:crypto";
import { join } from "node:path";
import { execa } from "execa";
import { readCertificates } from "../../src/formats/x509/certificate.ts";
import { writePem } from "../../src/formats/x509/pem.ts";
import { readPrivateKey } from "../../src/formats/x509/private-key.ts";
import { makeCertificate, type Signer } from "../../src/shell/certificates/generate-certificate.ts";
import { cacheFolder } from "../../test/support/cached-folder.ts";
import { withProgress } from "../../test/support/progress.ts";
import type { KubernetesObject } from "./programs.ts";

const module = "github.com/cert-manager/cert-manager@v1.21.2";

/** cert-manager's CRDs for certificates and those who issue them, from its Go module. */
export async function certManagerDefinitions(): Promise<readonly string[]> {
  const env = { GOMODCACHE: join(cacheFolder(process.env), "go-modules"), GOFLAGS: "-modcacherw" };
  const download = () => execa("go", ["mod", "download", "-json", module], { env });
  const { stdout } = await withProgress(`downloading ${module}`, download);
  const { Dir: folder } = JSON.parse(stdout) as { Dir: string };
  const kinds = ["certificates", "issuers", "clusterissuers"];
  return kinds.map((kind) => join(folder, "deploy/crds", `cert-manager.io_${kind}.yaml`));
}

/** A Certificate of cert-manager's, as far as the chart writes it. */
export interface Certificate extends KubernetesObject {
  readonly spec: {
    readonly secretName: string;
    readonly commonName: string;
    readonly dnsNames: readonly string[];
    readonly usages: readonly string[];
    readonly privateKey: { readonly algorithm: string; readonly size: number };
    readonly issuerRef: { readonly name: string; readonly kind: string; readonly group: string };
  };
}

/** A Secret, with its data in base64. */
export interface Secret {
  readonly data: Readonly<Record<string, string>>;
}

/** The CA of an Issuer, from its Secret. */
export function issuerCa({ data }: Secret): Signer {
  const bytes = (name: string) => Buffer.from(data[name] ?? "", "base64");
  const [certificate] = readCertificates(bytes("tls.crt"));
  if (certificate === undefined) throw new Error("the Issuer's Secret has no tls.crt");
  return { certificate, pkcs8: readPrivateKey(bytes("tls.key"), undefined).pkcs8 };
}

/** What cert-manager's controller answers a Certificate with: a Secret, with the key in the encoding that it has by default. */
export function issue({ metadata, spec }: Certificate, signer: Signer): object {
  const { algorithm, size } = spec.privateKey;
  if (`${algorithm} ${size}` !== "ECDSA 256") throw new Error(`no key is made here with ${algorithm} ${size}`);
  const { commonName, dnsNames: dns, issuerRef } = spec;
  const made = makeCertificate({ commonName, dns, ip: [], key: "ec", days: 1, signer }, new Date());
  const key = createPrivateKey({ key: Buffer.from(made.pkcs8), format: "der", type: "pkcs8" });
  const { name, kind, group } = issuerRef;
  return {
    apiVersion: "v1",
    kind: "Secret",
    type: "kubernetes.io/tls",
    metadata: {
      name: spec.secretName,
      annotations: {
        "cert-manager.io/certificate-name": metadata.name,
        "cert-manager.io/common-name": commonName,
        "cert-manager.io/alt-names": dns.join(","),
        "cert-manager.io/issuer-name": name,
        "cert-manager.io/issuer-kind": kind,
        "cert-manager.io/issuer-group": group,
      },
    },
    stringData: {
      "tls.crt": writePem("CERTIFICATE", made.certificate.der),
      "tls.key": key.export({ type: "sec1", format: "pem" }),
      "ca.crt": writePem("CERTIFICATE", signer.certificate.der),
    },
  };
}
