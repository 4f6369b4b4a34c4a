import { join } from "node:path";
import type { ArchiveRole } from "../../flink/class-data.ts";
import { generateCertificate } from "../../shell/certificates/certificate-files.ts";
import { type ClientTls, freePorts } from "../../shell/process/local-cluster.ts";
import { writeFiles } from "../../shell/files/write-files.ts";
import type { Environment } from "../prepare.ts";

/** What of the surroundings decides which JVM and which jars there are. */
const kept = ["PATH", "JAVA_HOME", "HOME", "FLINK_HOME", "FLINK_CONF_DIR", "FLINK_LIB_DIR"];

/** A cluster on 127.0.0.1 to record classes with. */
export interface CdsCluster {
  readonly restPort: number;
  readonly tls: ClientTls;
  environment(role: ArchiveRole): Environment;
}

/** Chooses ports and makes a certificate, so that what TLS needs is recorded as well. */
export async function prepareCluster(folder: string, surroundings: Environment): Promise<CdsCluster> {
  const [rest = 0, rpc = 0, blob = 0] = await freePorts(3);
  const certificates = join(folder, "certificates");
  const tls = makeCertificates(certificates);
  const properties = {
    "jobmanager.rpc.port": rpc,
    "jobmanager.bind-host": "127.0.0.1",
    "blob.server.port": blob,
    "rest.address": "localhost",
    "rest.port": rest,
    "rest.bind-port": rest,
    "rest.bind-address": "127.0.0.1",
    "taskmanager.host": "localhost",
    "taskmanager.bind-host": "127.0.0.1",
    // By default the host's name, which a build of podman or buildah in a chroot cannot resolve.
    "taskmanager.resource-id": "taskmanager",
    "taskmanager.rpc.port": 0,
    "taskmanager.data.port": 0,
    "high-availability.type": "NONE",
    // Ten seconds by default, which a busy machine, or one that emulates another processor, does not keep.
    "pekko.startup-timeout": "5 min",
    "env.stdout-err.redirect-to-file": false,
    "io.tmp.dirs": folder,
  };
  return {
    restPort: rest,
    tls,
    environment: (role) => ({
      ...Object.fromEntries(kept.map((name) => [name, surroundings[name]])),
      TMPDIR: folder,
      FLINK_LOG_DIR: join(folder, "log"),
      SLUICE_RUN_DIR: join(folder, role),
      JOB_MANAGER_RPC_ADDRESS: "localhost",
      FLINK_PROPERTIES: Object.entries(properties)
        .map(([key, value]) => `${key}: ${value}\n`)
        .join(""),
      FLINK_SSL_INTERNAL_ENABLED: "true",
      FLINK_SSL_INTERNAL_DIR: certificates,
      FLINK_SSL_REST_ENABLED: "true",
      FLINK_SSL_REST_AUTHENTICATION_ENABLED: "true",
      FLINK_SSL_REST_DIR: certificates,
    }),
  };
}

function makeCertificates(folder: string): ClientTls {
  const request = { commonName: "localhost", dns: ["localhost"], ip: ["127.0.0.1"], key: "rsa", days: 365 } as const;
  const all = generateCertificate(request, new Date());
  const [cert, key, ca] = ["tls.crt", "tls.key", "ca.crt"].map((name) => ({
    name,
    bytes: all.get(name) ?? new Uint8Array(),
  }));
  if (cert === undefined || key === undefined || ca === undefined) throw new Error("no certificate was made");
  writeFiles(
    [cert, key, ca].map(({ name, bytes }) => ({ path: join(folder, name), mode: 0o600, bytes, backup: undefined })),
  );
  return { cert: cert.bytes, key: key.bytes, ca: ca.bytes };
}
