// A post-renderer for Helm: the same objects, started by Flink's own entrypoint, and without the probes that only Sluice answers.
import { readFileSync, writeFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

interface Container {
  command?: readonly string[];
  env: object[];
  ports: readonly { readonly name: string }[];
  startupProbe?: object;
  livenessProbe?: object;
  readinessProbe?: object;
}

interface Workload {
  readonly kind: string;
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
}

const documents = parseAllDocuments(readFileSync(0, "utf8"), { version: "1.1" });
const objects = documents.map((document) => document.toJS() as Workload | null).filter((object) => object !== null);
for (const { spec, kind } of objects) {
  if (kind !== "Deployment" && kind !== "StatefulSet") continue;
  for (const container of spec.template.spec.containers) {
    container.command = ["bash", "/entrypoint/own-entrypoint.sh"];
    container.env.push({ name: "FLINK_LOG_DIR", value: "/tmp" });
    const port = container.ports.at(-1)?.name;
    for (const probe of ["startupProbe", "livenessProbe", "readinessProbe"] as const) {
      container[probe] = { tcpSocket: { port }, periodSeconds: 3, failureThreshold: 100 };
    }
  }
}
writeFileSync(1, objects.map((object) => `---\n${JSON.stringify(object)}\n`).join(""));
