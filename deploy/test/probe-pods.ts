import { image } from "./image.ts";
import { expendableNode } from "./nodes.ts";

/** What is mounted: a Secret at /certs, a claim at /state. */
interface Mounted {
  readonly secretName?: string;
  readonly claimName?: string;
}

/** A confined pod that sleeps, to try things from, on a node that stays. */
export async function sleepingPod(
  name: string,
  labels: Readonly<Record<string, string>>,
  { secretName, claimName }: Mounted = {},
) {
  const secret = { name: "certs", secret: { secretName, defaultMode: 0o440 } };
  const claim = { name: "state", persistentVolumeClaim: { claimName } };
  const volumes = [...(secretName === undefined ? [] : [secret]), ...(claimName === undefined ? [] : [claim])];
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 1,
      affinity: await awayFromWhatIsCutOff(),
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 9999,
        fsGroup: 9999,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [
        {
          name,
          image: await image(),
          command: ["sleep", "infinity"],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
          volumeMounts: volumes.map((volume) => ({ name: volume.name, mountPath: `/${volume.name}` })),
        },
      ],
      volumes,
    },
  });
}

async function awayFromWhatIsCutOff(): Promise<object> {
  const found = await expendableNode();
  if ("why" in found) return {};
  const matchExpressions = [{ key: "kubernetes.io/hostname", operator: "NotIn", values: [found.node] }];
  const required = { nodeSelectorTerms: [{ matchExpressions }] };
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } };
}
