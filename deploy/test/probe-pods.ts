import { image } from "./image.ts";

/** A confined pod that sleeps, to try things from. It has whatever Secret is named, at /certs. */
export async function sleepingPod(name: string, labels: Readonly<Record<string, string>>, secretName?: string) {
  const mounted = secretName === undefined ? [] : [{ name: "certs", mountPath: "/certs", readOnly: true }];
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 1,
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
          volumeMounts: mounted,
        },
      ],
      volumes: mounted.map((mount) => ({ name: mount.name, secret: { secretName, defaultMode: 0o440 } })),
    },
  });
}
