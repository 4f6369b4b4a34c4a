/** What of Kubernetes a certificate is to name. */
export interface KubernetesNames {
  readonly services: readonly string[];
  readonly pods:
    | {
        readonly statefulSet: string;
        readonly headless: string;
        /** Undefined: a wildcard for any number of them. */
        readonly replicas: number | undefined;
      }
    | undefined;
  readonly clusterDomain: string;
}

/**
 * The DNS names of Services, and of a StatefulSet's pods behind their headless Service, from the shortest to the fully qualified
 * one: a peer checks the name that it was given, which may be any of them (Kubernetes, "DNS for Services and Pods").
 */
export function dnsNames({ services, pods, clusterDomain }: KubernetesNames, namespace: string): readonly string[] {
  const forms = (name: string) => [
    name,
    `${name}.${namespace}`,
    `${name}.${namespace}.svc`,
    `${name}.${namespace}.svc.${clusterDomain}`,
  ];
  const hosts = pods === undefined ? [] : podHosts(pods);
  return [...services, ...hosts].flatMap(forms);
}

function podHosts({ statefulSet, headless, replicas }: NonNullable<KubernetesNames["pods"]>): readonly string[] {
  if (replicas === undefined) return [`*.${headless}`];
  return Array.from({ length: replicas }, (_, ordinal) => `${statefulSet}-${ordinal}.${headless}`);
}
