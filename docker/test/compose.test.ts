import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ComposeServices } from "./compose-services.ts";
import type { EngineResult } from "./engine.ts";
import { containerName, engine, hasEngine, imageOf, label, skipWithoutEngine, versions } from "./suite.ts";
import { askUntil } from "../../testkit/eventually.ts";

const [version] = versions;
const kdcImage = `localhost/${containerName("kdc")}`;

skipWithoutEngine();

// Kafka and Elasticsearch are the vendors' own images, which tests do not pull.
describe("the Flink part of docker/compose.yaml, with its KDC", () => {
  const image = imageOf(version);
  const images = { secrets: image, jobmanager: image, taskmanager: image, kdc: kdcImage };
  const services = new ComposeServices(engine, images, label, containerName("compose"));
  const exec = (service: string, ...command: readonly string[]) =>
    engine.try(["exec", services.name(service), ...command]);
  const certificate = ["tls.crt", "tls.key", "ca.crt"].map((file) => `/certs/rest/${file}`);
  const [cert = "", key = "", ca = ""] = certificate;
  const rest = (path: string) =>
    exec(
      "jobmanager",
      "curl",
      "-sS",
      "-m",
      "10",
      "--cert",
      cert,
      "--key",
      key,
      "--cacert",
      ca,
      `https://jobmanager:8081${path}`,
    );

  beforeAll(async () => {
    if (!hasEngine) return;
    const context = join(import.meta.dirname, "../compose/kdc");
    // A base that is there already: what matters is Debian's KDC.
    const base = `--build-arg=BASE=docker.io/library/flink:${version}-java17`;
    await engine.run(["build", "--network=host", base, "--tag", kdcImage, context]);
    await services.prepare();
    await services.run("secrets", "--rm");
    await services.run("kdc", "--detach");
    await until(
      () => exec("kdc", "bash", "-c", "exec 3<> /dev/tcp/127.0.0.1/88"),
      () => true,
    );
    await services.run("jobmanager", "--detach");
    await services.run("taskmanager", "--detach");
  });
  afterAll(async () => {
    await services.remove();
    await engine.try(["rmi", "--force", kdcImage]);
  });

  /** Asks until the answer is the right one, for 100 seconds. Returns the last answer. */
  function until(ask: () => Promise<EngineResult>, isRight: (answer: string) => boolean): Promise<EngineResult> {
    return askUntil(ask, ({ exitCode, stdout }) => exitCode === 0 && isRight(stdout), 100);
  }

  it("has a TaskManager that is registered, by TLS on all ports", async () => {
    const { stdout, stderr } = await until(
      () => rest("/overview"),
      (answer) => answer.includes('"taskmanagers":1'),
    );
    expect(stdout, stderr).toContain('"taskmanagers":1');
    const open = await exec(
      "jobmanager",
      "curl",
      "-sS",
      "-m",
      "10",
      "--cacert",
      ca,
      "https://jobmanager:8081/overview",
    );
    expect(open.exitCode).not.toBe(0);
  });

  it.each(["jobmanager", "taskmanager"])("warns of nothing: %s", async (service) => {
    const { stdout, stderr } = await engine.try(["logs", services.name(service)]);
    expect(`${stdout}\n${stderr}`).toContain("sluice: starting ");
    expect(`${stdout}\n${stderr}`.split("\n").filter((line) => line.startsWith("sluice: warning"))).toEqual([]);
  });

  it.each([
    ["flink/krb5.keytab", "flink@EXAMPLE.COM"],
    ["kafka/kafka.keytab", "kafka/kafka@EXAMPLE.COM"],
  ])("has a KDC that takes %s for %s", async (keytab, principal) => {
    const { exitCode, stderr } = await exec("kdc", "kinit", "-k", "-t", `/keytabs/${keytab}`, principal);
    expect(exitCode, stderr).toBe(0);
  });

  it("makes secrets once, each for one service's user only", async () => {
    const list = "cd / && find /certs /keytabs -type f -exec sha256sum {} + | sort";
    const before = (await exec("taskmanager", "sh", "-c", list)).stdout;
    await services.run("secrets", "--rm");
    expect((await exec("taskmanager", "sh", "-c", list)).stdout).toBe(before);
    expect(before).toContain("/certs/passwords/elasticsearch");
    const open =
      'find /certs /keytabs -name "*.key" -perm /077 -o -name "*.keytab" -perm /077 -o -path "*/passwords/*" -perm /077';
    expect((await exec("taskmanager", "sh", "-c", open)).stdout).toBe("");
  });
});
