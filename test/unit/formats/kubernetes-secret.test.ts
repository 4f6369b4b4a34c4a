import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { secretObject, writeSecretManifest } from "../../../src/formats/kubernetes-secret.ts";

const secret = {
  name: "flink-tls",
  namespace: "flink",
  labels: { "app.kubernetes.io/name": "flink", on: "yes", version: "1.0" },
  files: new Map([["tls.crt", Buffer.from("certificate".repeat(100))]]),
};

describe("writeSecretManifest", () => {
  it("writes what the API takes, as a document of its own, with each value on one line", () => {
    const text = writeSecretManifest(secret);
    expect(parse(text)).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "flink-tls", namespace: "flink", labels: secret.labels },
      type: "kubernetes.io/tls",
      data: { "tls.crt": Buffer.from("certificate".repeat(100)).toString("base64") },
    });
    expect(text).toMatch(/^---\n[^]*\n  tls\.crt: [A-Za-z0-9+/=]+\n$/);
  });

  it("keeps labels texts that YAML would read as something else", () => {
    // As Kubernetes reads them, by YAML 1.1.
    expect(parse(writeSecretManifest(secret), { version: "1.1" })).toEqual(secretObject(secret));
  });

  it("leaves out what is not given", () => {
    expect(secretObject({ ...secret, namespace: undefined, labels: {} })).toMatchObject({
      metadata: { name: "flink-tls" },
    });
  });
});
