import { image } from "./image.ts";
import { run } from "./programs.ts";

/** The values of the release that test files share. */
export type ReleaseValues = Awaited<ReturnType<typeof releaseValues>>;

/** The chart's defaults, but for what is small, quick, or this cluster's own. */
export async function releaseValues() {
  const [repository = "", tag = ""] = (await image()).split(/:(?=[^:/]+$)/);
  const { SLUICE_STORAGE_CLASS: storageClassName = "" } = process.env;
  const size = { cpu: { request: "100m", limit: "2" }, ephemeralStorage: "512Mi" };
  return {
    image: { repository, tag },
    mode: "application",
    job: { className: "Sequence", args: ["/flink/state/output", "20"], parallelism: 4 },
    jobManager: { ...size, memory: "1100Mi" },
    taskManager: { ...size, memory: "1200Mi" },
    state: { checkpointInterval: "5s" },
    storage: {
      claim: {
        size: "1Gi",
        storageClassName,
        accessMode: storageClassName ? "ReadWriteMany" : "ReadWriteOnce",
      },
    },
    highAvailability: { enabled: true },
    networkPolicy: { apiServer: { to: (await apiServerAddresses()).map((ip) => ({ ipBlock: { cidr: `${ip}/32` } })) } },
    rbac: { people: { viewers: [account("viewer")], operators: [account("operator")], admins: [account("admin")] } },
    pods: {
      volumes: [{ name: "job", configMap: { name: "job" } }],
      volumeMounts: [{ name: "job", mountPath: "/opt/flink/usrlib", readOnly: true }],
    },
    flinkConfiguration: {
      // A busy machine may take longer than Flink's ten seconds.
      "pekko.startup-timeout": "90s",
      "heartbeat.interval": "3s",
      "heartbeat.timeout": "15s",
      // Small state is then in the checkpoint itself, and a leader that has been replaced can restore it, whatever is deleted.
      "execution.checkpointing.data-inline-threshold": "1mb",
      "jobmanager.adaptive-scheduler.executing.cooldown-after-rescaling": "2s",
      "jobmanager.adaptive-scheduler.executing.resource-stabilization-timeout": "2s",
    },
  };
}

const account = (name: string) => ({ kind: "ServiceAccount", name });

/** Where the API server really is, which policies go by. */
export async function apiServerAddresses(): Promise<readonly string[]> {
  const query = ["get", "endpoints", "kubernetes", "--namespace=default"];
  return (await run("kubectl", [...query, "--output=jsonpath={.subsets[*].addresses[*].ip}"])).split(" ");
}
