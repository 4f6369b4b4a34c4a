import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LabCa } from "../../lab/certificates.ts";
import { hdfsConfigurationFiles } from "../../lab/hdfs-configuration.ts";
import { kdcConf, krb5Conf } from "../../lab/kdc-configuration.ts";
import { withProgress } from "../../test/support/progress.ts";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";
import { eventually } from "../../testkit/eventually.ts";
import { hdfsImage } from "./hdfs-image.ts";
import { attempt, type Outcome, run } from "./programs.ts";
import { namespaceManifest } from "./setup.ts";

const realm = "LAB.EXAMPLE";
const kdcPort = 8888;
const ports = { nameNode: 8020, nameNodeHttps: 9871, dataNode: 9866, dataNodeIpc: 9867, dataNodeHttps: 9865 };

/** A KDC, and an HDFS that asks for Kerberos and encrypts all that is on the wire, in pods of a separate namespace. */
export class SecuredHdfs {
  readonly namespace: string;
  readonly realm = realm;
  readonly kdcPort = kdcPort;
  /** Where the KDC is, as host:port. */
  readonly kdc: string;
  /** `hdfs://host:port`. */
  readonly url: string;
  readonly #host: string;

  constructor(namespace: string) {
    this.namespace = namespace;
    this.kdc = `kdc.${namespace}.svc.cluster.local:${kdcPort}`;
    this.#host = `namenode.hdfs.${namespace}.svc.cluster.local`;
    this.url = `hdfs://${this.#host}:${ports.nameNode}`;
  }

  /** Makes the image, the namespace and both servers, unless both are there. Returns the image, which has a job and Hadoop's client. */
  async ensure(): Promise<string> {
    const chosen = await hdfsImage();
    if ((await this.#try("wait", "--for=condition=Ready", "pod/kdc", "pod/hdfs", "--timeout=10s")).exitCode === 0) {
      // What another run has left.
      await this.shell("-rm", "-r", "-f", "-skipTrash", "/user/*/*");
    } else {
      // Neither of them outlives a node that is taken out of service, and one without the other is of no use.
      await run("kubectl", ["delete", "namespace", this.namespace, "--ignore-not-found", "--timeout=600s"]);
      await withProgress(`starting a KDC and HDFS in ${this.namespace}`, () => this.#start(chosen));
    }
    return chosen;
  }

  async #start(chosen: string): Promise<void> {
    // Without its policy: who may ask these servers is the other side's to say.
    const [restricted = ""] = namespaceManifest(this.namespace).split("---");
    await run("kubectl", ["apply", "--filename=-"], restricted);
    const kdc = { folder: "/data", realm, host: this.kdc.split(":")[0] ?? "", bindAddress: "0.0.0.0", port: kdcPort };
    await this.#apply(configMap("kdc", { "krb5.conf": krb5Conf(kdc), "kdc.conf": kdcConf(kdc) }));
    const servers = readFileSync(join(import.meta.dirname, "hdfs/servers.yaml"), "utf8");
    await this.#apply(servers.replaceAll("IMAGE", chosen));
    await this.#kubectl("wait", "--for=condition=Ready", "pod/kdc", "--timeout=600s");
    using folder = temporaryFolder();
    const certificate = new LabCa(folder.at("ca")).issue(folder.at("tls"), { dns: [this.#host] });
    const where = { folder: "/data", conf: "/conf", host: this.#host, realm, keytab: "/conf/hdfs.keytab" };
    const files = hdfsConfigurationFiles({ ...where, certificate, protection: "privacy", ports, properties: {} });
    const keytab = await this.keytab(`hdfs/${this.#host}`, `HTTP/${this.#host}`);
    await this.#apply(secret("hdfs", { ...files, "hdfs.keytab": keytab, "krb5.conf": krb5Conf(kdc) }));
    await eventually(async () => {
      const said = await this.#kubectl("logs", "hdfs");
      if (!said.includes("HDFS is ready")) throw new Error(said);
    });
  }

  /** The addresses of both pods. */
  async addresses(): Promise<{ readonly kdc: string; readonly hdfs: string }> {
    const address = (pod: string) => this.#kubectl("get", "pod", pod, "--output=jsonpath={.status.podIP}");
    return { kdc: await address("kdc"), hdfs: await address("hdfs") };
  }

  /** Adds principals that are not there yet, and returns a keytab with their keys. */
  async keytab(...principals: readonly string[]): Promise<Uint8Array> {
    const script = `
      for principal; do kadmin.local addprinc -randkey "$principal" || true; done >&2
      kadmin.local ktadd -norandkey -k /tmp/keytab "$@" >&2
      base64 --wrap=0 /tmp/keytab
      rm /tmp/keytab`;
    const exec = ["exec", "--namespace", this.namespace, "--stdin", "kdc", "--", "bash", "-eus", "-", ...principals];
    return Buffer.from(await run("kubectl", exec, script), "base64");
  }

  /** Gives a principal a new key, which makes its keytabs stale. */
  async changeKey(principal: string): Promise<void> {
    await this.#kubectl("exec", "kdc", "--", "kadmin.local", "cpw", "-randkey", principal);
  }

  /** Hadoop's command line with the rights of HDFS itself, such as `-ls /user`. */
  async shell(...args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.#shell(
      [`KRB5PRINCIPAL=hdfs/${this.#host}`, "KRB5KEYTAB=/conf/hdfs.keytab"],
      args,
    );
    if (exitCode !== 0) throw new Error(`${args.join(" ")}: ${stderr}`);
    return stdout;
  }

  /** The same for somebody who has no keytab. */
  shellOfAnybody(...args: readonly string[]): Promise<Outcome> {
    return this.#shell([], args);
  }

  #shell(env: readonly string[], args: readonly string[]): Promise<Outcome> {
    const jvm = ["-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.security.krb5.conf=/conf/krb5.conf"];
    const java = ["java", ...jvm, "-cp", "/conf:/opt/hdfs/jars/*", "org.apache.hadoop.fs.FsShell"];
    return this.#try("exec", "hdfs", "--", "env", ...env, ...java, ...args);
  }

  #kubectl(...args: readonly string[]): Promise<string> {
    return run("kubectl", ["--namespace", this.namespace, ...args]);
  }

  #try(...args: readonly string[]): Promise<Outcome> {
    return attempt("kubectl", ["--namespace", this.namespace, ...args]);
  }

  #apply(manifest: string): Promise<string> {
    return run("kubectl", ["apply", "--namespace", this.namespace, "--filename=-"], manifest);
  }
}

function configMap(name: string, data: Readonly<Record<string, string>>): string {
  return JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data });
}

function secret(name: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  const entries = Object.entries(files).map(([file, content]) => [file, Buffer.from(content).toString("base64")]);
  return JSON.stringify({ apiVersion: "v1", kind: "Secret", metadata: { name }, data: Object.fromEntries(entries) });
}
