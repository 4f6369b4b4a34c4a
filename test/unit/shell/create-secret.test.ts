import { writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { generateCertificate } from "../../../src/shell/certificates/certificate-files.ts";
import { runSluice } from "../../support/run-sluice.ts";
import { temporaryFolder } from "../../../testkit/temporary-folder.ts";

/** What Kubernetes' API answers (v1, Status); that it does is shown by the tests in a cluster. */
const status = (message: string) => JSON.stringify({ kind: "Status", status: "Failure", message });
const folder = temporaryFolder();
const request = { commonName: "api", dns: [], ip: ["127.0.0.1"], key: "ec", days: 2 } as const;
const own = generateCertificate(request, new Date());
const pem = (name: string) => Buffer.from(own.get(name) ?? "");

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly body: string;
}

let answers: (readonly [number, string])[] = [];
let seen: Seen[] = [];
const server = createServer({ cert: pem("tls.crt"), key: pem("tls.key") }, (incoming, outgoing) => {
  let body = "";
  incoming.setEncoding("utf8").on("data", (text: string) => (body += text));
  incoming.on("end", () => {
    const { method, url, headers } = incoming;
    seen.push({ method, url, authorization: headers.authorization, body });
    const [code, text] = answers.shift() ?? [201, body];
    outgoing.writeHead(code, { "content-type": "application/json" }).end(text);
  });
});

async function create(...args: readonly string[]) {
  const { port } = server.address() as AddressInfo;
  return runSluice(
    ["certs", "--secret", "flink-tls", "--create", "--service-account", folder.path, "--key", "ec", ...args],
    {
      env: { KUBERNETES_SERVICE_HOST: "127.0.0.1", KUBERNETES_SERVICE_PORT: String(port) },
    },
  );
}

beforeAll(async () => {
  for (const [name, text] of [
    ["token", "the-token\n"],
    ["namespace", "flink"],
    ["ca.crt", pem("ca.crt")],
  ] as const) {
    writeFileSync(folder.at(name), text);
  }
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
beforeEach(() => {
  [answers, seen] = [[], []];
});
afterAll(() => {
  server.close();
  folder[Symbol.dispose]();
});

describe("sluice certs --create", () => {
  it("creates the Secret in the pod's namespace, with names in it", async () => {
    const { exitCode, stdout, stderr } = await create("--service", "jobmanager");
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 0, stdout: "" });
    expect(stderr).toContain("sluice: created the Secret flink/flink-tls\n");
    const [{ body, ...first } = { body: "" }] = seen;
    expect(first).toEqual({
      method: "POST",
      url: "/api/v1/namespaces/flink/secrets?fieldManager=sluice",
      authorization: "Bearer the-token",
    });
    const secret = JSON.parse(body) as { readonly metadata: unknown; readonly data: Readonly<Record<string, string>> };
    expect(secret.metadata).toEqual({ name: "flink-tls", namespace: "flink" });
    expect(Object.keys(secret.data)).toEqual(["tls.crt", "ca.crt", "tls.key"]);
    expect(stderr).toContain("for jobmanager and 3 more");
    const key = Buffer.from(secret.data["tls.key"] ?? "", "base64").toString();
    expect(key).toContain("PRIVATE KEY");
    expect(stderr).not.toContain(key.split("\n")[1]);
    expect(stderr).not.toContain("the-token");
  });

  it("is done when the Secret is there already", async () => {
    answers = [[409, status('secrets "flink-tls" already exists')]];
    const { exitCode, stderr } = await create();
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain("the Secret flink/flink-tls is there already, and stays as it is");
    expect(seen.map(({ method }) => method)).toEqual(["POST"]);
  });

  it("tries again when the API server is not ready", async () => {
    answers = [[503, status("starting")]];
    const { exitCode, stderr } = await create();
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain("status 503, starting; trying again in 1 s");
    expect(seen.length).toBe(2);
  });

  it.each([
    [401, "Unauthorized", "mount the service account's own one"],
    [403, "secrets is forbidden", "a Role with the verb create"],
    [422, "metadata.name: Invalid value", "correct the options"],
  ])("says why it is refused with %i", async (code, message, hint) => {
    answers = [[code, status(message)]];
    const { exitCode, stdout, stderr } = await create();
    expect({ exitCode, stdout }).toEqual({ exitCode: 69, stdout: "" });
    expect(stderr).toContain(`error: the API server refuses it with ${code}: ${message}`);
    expect(stderr).toContain(hint);
  });

  it("does not talk to a server that the mounted CA does not vouch for", async () => {
    const other = temporaryFolder();
    const foreign = generateCertificate(request, new Date()).get("ca.crt") ?? "";
    for (const [name, text] of Object.entries({ token: "the-token", namespace: "flink", "ca.crt": foreign })) {
      writeFileSync(other.at(name), text);
    }
    const { exitCode, stderr } = await create("--service-account", other.path);
    other[Symbol.dispose]();
    expect(exitCode, stderr).toBe(69);
    expect(stderr).toContain("self-signed certificate");
    expect(stderr).not.toContain("trying again");
    expect(seen).toEqual([]);
  });

  it("says that it is not in a pod", async () => {
    const { exitCode, stderr } = await create("--service-account", "/none");
    expect(exitCode).toBe(69);
    expect(stderr).toContain("error: /none/namespace: no such file\n");
  });
});
