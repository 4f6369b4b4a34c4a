import { fullBacklog, webServer } from "../../support/strange-servers.ts";
import type { Fault } from "./fault.ts";
import type { HdfsLab } from "./hdfs-lab.ts";

export const hdfsFaults: readonly Fault<HdfsLab>[] = [
  {
    name: "the NameNode's name is wrong",
    make: (lab) => ({ env: lab.env({ HDFS_DEFAULT_FS: "hdfs://nn.nowhere.invalid:8020" }) }),
    code: "namenode/unknown-host",
    hint: "HDFS_DEFAULT_FS",
  },
  {
    name: "nothing listens on the NameNode's port",
    make: (lab) => ({ env: lab.env({ HDFS_DEFAULT_FS: "hdfs://localhost:1" }) }),
    code: "namenode/refused",
    hint: "start the NameNode",
  },
  {
    name: "the NameNode hangs",
    make: (lab) => {
      lab.hdfs.process?.pause();
      return { env: lab.env(), undo: () => lab.hdfs.process?.resume() };
    },
    code: "namenode/silent",
    hint: "network policies",
  },
  {
    name: "a NameNode of a name service is out of reach, which is a warning",
    make: async (lab) => {
      const server = await fullBacklog();
      const nodes = { HDFS_DEFAULT_FS: "hdfs://lake", HDFS_NAMENODES: `127.0.0.1:${server.port},${lab.address}` };
      return { env: lab.env(nodes), undo: () => server.stop() };
    },
    hint: "firewalls",
  },
  {
    name: "a web server listens where the NameNode should",
    make: async (lab) => {
      const server = await webServer();
      return { env: lab.env({ HDFS_DEFAULT_FS: `hdfs://localhost:${server.port}` }), undo: () => server.stop() };
    },
    code: "namenode/not-hadoop",
    hint: "8020",
  },
  {
    name: "the NameNode wants Kerberos, and the client has none",
    make: (lab) => ({ env: { SLUICE_RUN_DIR: lab.kerberos.folder.at("run"), HDFS_DEFAULT_FS: lab.hdfs.url } }),
    code: "namenode/needs-kerberos",
    hint: "HDFS_KERBEROS_ENABLED=true",
  },
  {
    name: "the NameNode does not use Kerberos, and the client does",
    make: async (lab) => {
      const simple = await lab.startSimple();
      return { env: lab.env({ HDFS_DEFAULT_FS: simple.url }), undo: () => simple.stop() };
    },
    code: "namenode/no-kerberos",
    hint: "unset HDFS_KERBEROS_ENABLED",
  },
  {
    name: "the NameNode's principal has another name",
    make: (lab) => ({ env: lab.env({ HDFS_NAMENODE_PRINCIPAL: "nn/_HOST" }) }),
    code: "namenode/other-principal",
    hint: "HDFS_NAMENODE_PRINCIPAL to hdfs/_HOST@",
  },
  {
    name: "the KDC does not know the NameNode",
    make: async (lab) => {
      const { kdc } = lab.kerberos;
      await kdc.kadmin("renprinc", "-force", "hdfs/localhost", "hdfs/elsewhere");
      return { env: lab.env(), undo: () => kdc.kadmin("renprinc", "-force", "hdfs/elsewhere", "hdfs/localhost") };
    },
    code: "kdc/service-unknown",
    hint: "add hdfs/localhost to the KDC",
  },
  {
    name: "the NameNode's keytab is stale",
    make: async (lab) => {
      const { kdc } = lab.kerberos;
      await kdc.changeKey("hdfs/localhost");
      return { env: lab.env(), undo: () => kdc.keytab(lab.hdfs.keytab, "hdfs/localhost", "HTTP/localhost") };
    },
    code: "namenode/ticket-refused",
    hint: "write the NameNode's keytab again",
  },
];
