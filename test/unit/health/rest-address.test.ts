import { describe, expect, it } from "vitest";
import { jobManagerRestAddress, ownRestAddress } from "../../../src/health/rest-address.ts";

function settings(keys: Readonly<Record<string, string>>) {
  return new Map(Object.entries(keys));
}

describe("ownRestAddress", () => {
  it.each([
    [{}, "127.0.0.1", [8081]],
    [{ "rest.bind-address": "0.0.0.0", "rest.port": "9081" }, "127.0.0.1", [9081]],
    [{ "rest.bind-address": "::" }, "127.0.0.1", [8081]],
    [{ "rest.bind-address": "10.0.0.7", "rest.bind-port": "8085", "rest.port": "80" }, "10.0.0.7", [8085]],
    [{ "rest.bind-port": "8081-8083, 9000" }, "127.0.0.1", [8081, 8082, 8083, 9000]],
    [{ "rest.bind-port": "0" }, "127.0.0.1", []],
    [{ "rest.bind-port": "9-1,x" }, "127.0.0.1", []],
  ])("%j", (keys, host, ports) => {
    expect(ownRestAddress(settings(keys))).toEqual({ host, ports, tls: false });
  });

  it("searches no more than 32 ports", () => {
    expect(ownRestAddress(settings({ "rest.bind-port": "1000-60000" })).ports).toHaveLength(32);
  });

  it.each([
    [{ "security.ssl.rest.enabled": "true" }, true],
    [{ "security.ssl.enabled": "TRUE" }, true],
    [{ "security.ssl.enabled": "true", "security.ssl.rest.enabled": "false" }, false],
  ])("%j: TLS %s", (keys, tls) => {
    expect(ownRestAddress(settings(keys)).tls).toBe(tls);
  });
});

describe("jobManagerRestAddress", () => {
  it.each([
    [{ "rest.address": "flink-rest", "jobmanager.rpc.address": "jm" }, "flink-rest"],
    [{ "jobmanager.rpc.address": "jm" }, "jm"],
    // As Flink and as the official image ship it.
    [{ "rest.address": "localhost", "jobmanager.rpc.address": "jm" }, "jm"],
    [{ "rest.address": "0.0.0.0", "jobmanager.rpc.address": "jm" }, "jm"],
    [{ "rest.address": "localhost" }, "localhost"],
    [{}, "localhost"],
  ])("%j", (keys, host) => {
    expect(jobManagerRestAddress(settings(keys))).toEqual({ host, ports: [8081], tls: false });
  });

  it("takes the port that others use, not the one that is bound", () => {
    const keys = { "rest.address": "jm", "rest.port": "443", "rest.bind-port": "8081" };
    expect(jobManagerRestAddress(settings(keys)).ports).toEqual([443]);
  });
});
