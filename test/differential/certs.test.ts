import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa, ExecaError } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NotAvailable } from "../support/flink-home.ts";
import { jdks, orSkip } from "../support/jdks.ts";
import { type Answer, askJdk, compileChecker } from "../support/key-store-checker.ts";
import { runSluice } from "../support/run-sluice.ts";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";

const folder = temporaryFolder();
const pods = ["--namespace", "flink", "--service", "jobmanager", "--statefulset", "tm", "--headless", "tms"];
/** Each of these folders: how it is made. */
const made = {
  "self-rsa": ["--san", "localhost,127.0.0.1,::1"],
  "self-rsa4096": ["--key", "rsa4096"],
  "self-ec": ["--key", "ec"],
  "self-p384": ["--key", "p384", "--store", "jks"],
  "signed-rsa": ["--sign-with", folder.at("ca-ec"), ...pods],
  "signed-ec": ["--sign-with", folder.at("ca-rsa"), "--key", "ec", "--store", "jks", ...pods, "--replicas", "100"],
} as const;
type Made = keyof typeof made;
const names = Object.keys(made) as Made[];
const authorities = { "ca-rsa": ["--ca"], "ca-ec": ["--ca", "--key", "p384"] } as const;

const version = await orSkip("openssl", async () => {
  try {
    return (await execa("openssl", ["version"])).stdout;
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    throw new NotAvailable(error.shortMessage, "install OpenSSL 3", { cause: error });
  }
});
const classes = await orSkip("the JDK's KeyStore", () => compileChecker(folder.path));
const available = classes === undefined ? [] : await jdks();

const store = (name: Made, kind: "keystore" | "truststore") =>
  folder.at(name, `${kind}.${(made[name] as readonly string[]).includes("jks") ? "jks" : "p12"}`);
const password = (name: Made) => readFileSync(folder.at(name, "password"), "utf8");

beforeAll(async () => {
  for (const [name, args] of Object.entries({ ...authorities, ...made })) {
    const { exitCode, stderr } = await runSluice(["certs", "--out", folder.at(name), ...args]);
    if (exitCode !== 0) throw new Error(stderr);
  }
});
afterAll(() => folder[Symbol.dispose]());

describe.skipIf(version === undefined)("openssl", () => {
  const verify = async (name: string, ...args: readonly string[]) => {
    const files = ["-CAfile", folder.at(name, "ca.crt"), folder.at(name, "tls.crt")];
    const { stdout, stderr } = await execa("openssl", ["verify", "-x509_strict", ...args, ...files], { reject: false });
    return `${stdout}\n${stderr}`;
  };

  it.for(names)("accepts %s for both sides of TLS", async (name) => {
    for (const purpose of ["sslserver", "sslclient"]) expect(await verify(name, "-purpose", purpose)).toContain(": OK");
  });

  it.for(Object.keys(authorities))("knows %s as a CA that has no other below it", async (name) => {
    const args = ["x509", "-in", folder.at(name, "ca.crt"), "-noout", "-text"];
    const { stdout } = await execa("openssl", args);
    expect(stdout).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0\s/);
    expect(stdout).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign\s/);
  });

  it.for([
    ["signed-rsa", "jobmanager.flink.svc", true],
    ["signed-rsa", "tm-12.tms.flink.svc.cluster.local", true],
    ["signed-rsa", "tm-12.tms.other.svc.cluster.local", false],
    ["signed-ec", "tm-99.tms.flink.svc", true],
    ["signed-ec", "tm-100.tms.flink.svc", false],
    ["self-rsa", "localhost", true],
  ] as const)("%s names %s: %s", async ([name, host, named]) => {
    expect((await verify(name, "-verify_hostname", host)).includes(": OK")).toBe(named);
  });
});

describe.for(available)("JDK $version", (jdk) => {
  const hosts: readonly (readonly [Made, string, boolean])[] = [
    ["self-rsa", "localhost", true],
    ["self-rsa", "127.0.0.1", true],
    ["self-rsa", "::1", true],
    ["self-rsa", "tm-0.tms", false],
    ["self-ec", "localhost", false],
    ...["jobmanager", "jobmanager.flink.svc.cluster.local", "tm-0.tms", "tm-12.tms.flink.svc.cluster.local"].map(
      (host) => ["signed-rsa", host, true] as const,
    ),
    ["signed-rsa", "tm-0.tms.other.svc", false],
    ["signed-ec", "tm-99.tms.flink.svc.cluster.local", true],
    ["signed-ec", "tm-100.tms.flink.svc.cluster.local", false],
  ];
  const stores = (name: Made) => [store(name, "keystore"), store(name, "truststore")];
  let answers: readonly Answer[] = [];
  beforeAll(async () => {
    answers = await askJdk(jdk, classes ?? "", [
      ...names.map((name) => ["handshake", ...stores(name), password(name)]),
      ...hosts.map(([name, host]) => ["handshake", ...stores(name), password(name), host]),
    ]);
  });

  it.for(names)("shakes hands with %s", (name) => {
    expect(answers[names.indexOf(name)]).toEqual({ kind: "done", lines: [["shook", "TLSv1.3"]] });
  });

  it.for(hosts)("%s names %s: %s", ([name, host, named]) => {
    const answer = answers[names.length + hosts.findIndex((one) => one[0] === name && one[1] === host)];
    const why = answer?.kind === "failed" ? answer.reason : "none";
    expect(why).toMatch(named ? /^none$/ : /No name matching|subject alternative/);
  });

  it.for(["self-rsa", "signed-ec"] as const)("keytool lists the stores of %s", async (name) => {
    for (const [kind, entry] of [
      ["keystore", "PrivateKeyEntry"],
      ["truststore", "trustedCertEntry"],
    ] as const) {
      const options = ["-list", "-keystore", store(name, kind), "-storepass:file", folder.at(name, "password")];
      const { stdout } = await execa(join(jdk.home, "bin", "keytool"), options, { env: { LC_ALL: "C.UTF-8" } });
      expect(stdout).toContain(entry);
      expect(stdout).toContain("contains 1 entry");
    }
  });
});
