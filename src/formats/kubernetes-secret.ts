import { stringify } from "yaml";

/** A Secret of Kubernetes, to be made. */
export interface KubernetesSecret {
  readonly name: string;
  /** Undefined: the default of the client that applies it. */
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** The object as Kubernetes' API takes it (v1, `kubernetes.io/tls`: with at least tls.crt and tls.key). */
export function secretObject({ name, namespace, labels, files }: KubernetesSecret): object {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...(Object.keys(labels).length > 0 && { labels }),
    },
    type: "kubernetes.io/tls",
    data: Object.fromEntries([...files].map(([file, bytes]) => [file, Buffer.from(bytes).toString("base64")])),
  };
}

/** The same as a document of YAML, which may follow others. kubectl reads YAML 1.1, where `yes` is no text. */
export function writeSecretManifest(secret: KubernetesSecret): string {
  return `---\n${stringify(secretObject(secret), { lineWidth: 0, version: "1.1" })}`;
}
