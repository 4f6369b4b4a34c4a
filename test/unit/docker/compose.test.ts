import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { generateCertificate } from "../../../src/shell/certificates/certificate-files.ts";
import { material } from "../../support/certificates.ts";
import { writeKeytab } from "../../support/keytabs.ts";
import { runSluice } from "../../support/run-sluice.ts";
import { temporaryFolder } from "../../../testkit/temporary-folder.ts";

interface Service {
  readonly image: string;
  readonly build?: unknown;
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
}

const text = readFileSync(join(import.meta.dirname, "../../../docker/compose.yaml"), "utf8");
const compose = parse(text, { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};
const services = Object.entries(compose.services);

describe("docker/compose.yaml", () => {
  it("pins what it does not build", () => {
    const pulled = services.filter(([, { build }]) => build === undefined).map(([, { image }]) => image);
    expect(pulled.length).toBeGreaterThan(0);
    for (const image of pulled) expect(image).toMatch(/^docker\.io\/[^:]+:\d+\.\d+\.\d+$/);
  });

  it("declares its volumes, each with somebody who fills it, and depends on services that there are", () => {
    const mounts = services.flatMap(([, { volumes = [] }]) => volumes.filter((volume) => !volume.startsWith(".")));
    const named = (list: readonly string[]) => new Set(list.map((mount) => mount.split(":")[0] ?? ""));
    const declared = new Set(Object.keys(compose.volumes));
    expect(named(mounts)).toEqual(declared);
    expect(named(mounts.filter((mount) => !mount.endsWith(":ro")))).toEqual(declared);
    const needed = services.flatMap(([, service]) => Object.keys(service.depends_on ?? {}));
    expect(needed.filter((name) => compose.services[name] === undefined)).toEqual([]);
  });

  it.each(["jobmanager", "taskmanager"])(
    "has variables for the %s that are all known, and make a plan",
    async (role) => {
      using folder = temporaryFolder();
      const request = { commonName: "flink", dns: ["jobmanager"], ip: [], key: "ec", days: 300 } as const;
      const certificate = generateCertificate(request, new Date());
      const files: Record<string, Uint8Array> = {
        "certs/passwords/elasticsearch": Buffer.from("planted"),
        "keytabs/krb5.keytab": writeKeytab([{ principal: "flink@EXAMPLE.COM", kvno: 1, encryptionType: 18 }]),
        "opt/java/lib/security/cacerts": material("corp.cacerts.p12"),
        "opt/java/release": Buffer.from('JAVA_VERSION="17.0.9"\n'),
      };
      for (const name of ["tls.crt", "tls.key", "ca.crt"]) {
        for (const side of ["internal", "rest"]) files[`certs/${side}/${name}`] = certificate.get(name) ?? Buffer.of();
      }
      for (const service of ["kafka", "elasticsearch"]) {
        files[`certs/${service}/ca.crt`] = material("ca.crt");
      }
      for (const [path, bytes] of Object.entries(files)) {
        mkdirSync(dirname(folder.at(path)), { recursive: true });
        writeFileSync(folder.at(path), bytes, { mode: 0o600 });
      }
      const environment = compose.services[role]?.environment ?? {};
      const env = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)]));
      const args = ["plan", "--root", folder.path, "--flink-version", "2.3.0", role];
      const { exitCode, stdout, stderr } = await runSluice(args, {
        env: { ...env, JAVA_HOME: "/opt/java", PATH: "/bin", SLUICE_LOG_LEVEL: "warning" },
      });
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      for (const part of [
        "kafka:9093",
        "KafkaClient",
        "https://elasticsearch:9200",
        "security.ssl.rest.authentication-enabled",
      ]) {
        expect(stdout).toContain(part);
      }
    },
  );
});
