import { describe, expect, it } from "vitest";
import { UsageError } from "../../../src/cli/arguments.ts";
import { parseCertsOptions } from "../../../src/cli/certs/options.ts";

const none = { services: [], pods: undefined, clusterDomain: "cluster.local" };
const defaults = {
  target: { kind: "folder", path: "certs" },
  isCa: false,
  signWith: undefined,
  trust: [],
  commonName: "flink.internal",
  dns: [],
  ip: [],
  kubernetes: none,
  namespace: undefined,
  key: "rsa",
  days: undefined,
  store: "pkcs12",
};

describe("parseCertsOptions", () => {
  it.each([
    [[], {}],
    [["--key", "ec"], { key: "ec" }],
    [["--name", "flink"], { commonName: "flink" }],
    [["--days", "3650"], { days: 3650 }],
    [
      ["--san", "a.example,127.0.0.1", "--san", "::1,*.b.example"],
      { dns: ["a.example", "*.b.example"], ip: ["127.0.0.1", "::1"] },
    ],
    [["--san", ""], {}],
    [["--store", "jks"], { store: "jks" }],
    [["--ca"], { isCa: true, commonName: "Flink CA", store: "none" }],
    [["--ca", "--days", "7300"], { isCa: true, commonName: "Flink CA", store: "none", days: 7300 }],
    [["--sign-with", "ca"], { signWith: "ca" }],
    [["--trust", "new-ca", "--trust", "b"], { trust: ["new-ca", "b"] }],
    [
      ["--service", "jobmanager", "--namespace", "flink", "--cluster-domain", "corp.example"],
      { namespace: "flink", kubernetes: { ...none, services: ["jobmanager"], clusterDomain: "corp.example" } },
    ],
    [
      ["--statefulset", "tm", "--headless", "tms", "--replicas", "3", "--namespace", "flink"],
      { namespace: "flink", kubernetes: { ...none, pods: { statefulSet: "tm", headless: "tms", replicas: 3 } } },
    ],
  ])("reads %j", (args, options) => {
    expect(parseCertsOptions(["--out", "certs", ...args])).toEqual({ ...defaults, ...options });
  });

  const secret = { kind: "secret", name: "flink-tls", labels: {}, account: undefined };
  const mounted = "/var/run/secrets/kubernetes.io/serviceaccount";
  it.each([
    [[], secret],
    [
      ["--label", "app=flink", "--label", "example.com/x="],
      { ...secret, labels: { app: "flink", "example.com/x": "" } },
    ],
    [["--create"], { ...secret, account: mounted }],
    [["--create", "--service-account", "/token"], { ...secret, account: "/token" }],
  ])("reads --secret with %j, without stores", (args, target) => {
    expect(parseCertsOptions(["--secret", "flink-tls", ...args])).toEqual({ ...defaults, store: "none", target });
  });

  it("takes the namespace from the pod where the Secret is created", () => {
    const args = ["--secret", "flink-tls", "--service", "jobmanager"];
    expect(() => parseCertsOptions(args)).toThrow("--service and --statefulset need --namespace NS");
    expect(parseCertsOptions([...args, "--create"]).namespace).toBeUndefined();
  });

  it.each([
    [[], "certs needs one of --out DIR and --secret NAME"],
    [["--out", "x", "--secret", "y"], "certs needs one of --out DIR and --secret NAME"],
    [["--secret", "Flink_TLS"], "--secret Flink_TLS is not a valid name for a Secret"],
    [["--out", "x", "--create"], "--create and --label go with --secret"],
    [["--secret", "x", "--label", "app"], "--label app is not KEY=VALUE"],
    [["--secret", "x", "--label", "a=b\nc"], "is not KEY=VALUE"],
    [["--out", "x", "--key", "dsa"], "--key dsa is none of rsa, rsa4096, ec, p384"],
    [["--out", "x", "--store", "pem"], "--store pem is none of pkcs12, jks, none"],
    [["--out", "x", "--days", "0"], "--days 0 is not a number of days from 1 to 3650"],
    [["--out", "x", "--days", "1.5"], "--days 1.5 is not a number of days from 1 to 3650"],
    [["--out", "x", "--days", "soon"], "--days soon is not a number of days from 1 to 3650"],
    [["--out", "x", "--ca", "--days", "7301"], "--days 7301 is not a number of days from 1 to 7300"],
    [["--out", "x", "--san", "a b"], "--san a b is neither a DNS name nor an IP address"],
    [["--out", "x", "--san", "a.*.example"], "--san a.*.example is neither a DNS name nor an IP address"],
    [["--out", "x", "--san", "*"], "--san * is neither a DNS name nor an IP address"],
    [["--out", "x", "--name", "n".repeat(65)], "--name takes 1 to 64 printable ASCII characters"],
    [["--out", "x", "--ca", "--san", "a.example"], "a CA has no names"],
    [["--out", "x", "--ca", "--sign-with", "y"], "--ca and --sign-with do not go together"],
    [["--out", "x", "--ca", "--trust", "y"], "--ca and --trust do not go together"],
    [["--out", "x", "--ca", "--store", "jks"], "a CA has no store"],
    [["--out", "x", "--statefulset", "tm"], "--statefulset and --headless go together"],
    [["--out", "x", "--replicas", "2"], "--replicas goes with --statefulset"],
    [["--out", "x", "--statefulset", "a", "--headless", "b", "--replicas", "0"], "--replicas 0 is not a number"],
    [["--out", "x", "--service", "job.manager"], "--service job.manager is not a valid name for a Service"],
    [["--out", "x", "--namespace", "-"], "--namespace - is not a valid name"],
    [["--out", "x", "--colour"], /Unknown option '--colour'/],
    [["--out", "x", "extra"], /Unexpected argument 'extra'/],
  ])("refuses %j", (args, message) => {
    expect(() => parseCertsOptions(args)).toThrow(UsageError);
    expect(() => parseCertsOptions(args)).toThrow(message);
  });
});
