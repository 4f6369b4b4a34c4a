import { describe, expect, it } from "vitest";
import { dnsNames } from "../../../src/cli/certs/kubernetes-names.ts";

const pods = { statefulSet: "tm", headless: "tms", replicas: undefined };

describe("dnsNames", () => {
  it("names a Service in every form", () => {
    const names = dnsNames({ services: ["jobmanager"], pods: undefined, clusterDomain: "cluster.local" }, "flink");
    expect(names).toEqual([
      "jobmanager",
      "jobmanager.flink",
      "jobmanager.flink.svc",
      "jobmanager.flink.svc.cluster.local",
    ]);
  });

  it("names each of a StatefulSet's pods behind its headless Service", () => {
    const names = dnsNames({ services: [], pods: { ...pods, replicas: 2 }, clusterDomain: "corp.example" }, "flink");
    expect(names).toEqual([
      "tm-0.tms",
      "tm-0.tms.flink",
      "tm-0.tms.flink.svc",
      "tm-0.tms.flink.svc.corp.example",
      "tm-1.tms",
      "tm-1.tms.flink",
      "tm-1.tms.flink.svc",
      "tm-1.tms.flink.svc.corp.example",
    ]);
  });

  it("names any number of pods by a wildcard", () => {
    const names = dnsNames({ services: [], pods, clusterDomain: "cluster.local" }, "flink");
    expect(names).toEqual(["*.tms", "*.tms.flink", "*.tms.flink.svc", "*.tms.flink.svc.cluster.local"]);
  });
});
