import { describe, expect, it } from "vitest";
import { ownTaskManager, registeredId } from "../../../src/health/own-registration.ts";

function registered(...all: readonly (readonly [id: string, address: string])[]): string {
  const taskmanagers = all.map(([id, address]) => ({
    id,
    path: `pekko.ssl.tcp://flink@${address}/user/rpc/taskmanager_0`,
    dataPort: 1,
  }));
  return JSON.stringify({ taskmanagers });
}

const hosts = ["web-0", "10.0.0.7", "fd00::7"];

describe("registeredId", () => {
  it.each([
    ["by its address", {}, "10.0.0.7:6122", true],
    ["by its name, whatever its case", {}, "WEB-0:6122", true],
    ["by its IPv6 address", {}, "[fd00::7]:6122", true],
    ["by the name that it was given", { "taskmanager.host": "web-0.web.example" }, "web-0.web.example:6122", true],
    ["by a port that leads to it", { "taskmanager.rpc.port": "31122" }, "10.0.0.7:31122", true],
    ["not on another port of its host", {}, "10.0.0.7:6123", false],
    ["not with its port on another host", {}, "10.0.0.8:6122", false],
    ["not on a host whose name begins like its own", {}, "web-01:6122", false],
  ])("finds itself %s", (_how, keys, address, found) => {
    const own = ownTaskManager(new Map(Object.entries(keys)), hosts, [6122, 6121]);
    const body = registered(["other", "10.0.0.9:6122"], ["own", address]);
    expect(registeredId(body, own)).toBe(found ? "own" : undefined);
  });

  it("goes by the resource id alone where there is one", () => {
    const own = ownTaskManager(new Map([["taskmanager.resource-id", "tm-1"]]), hosts, [6122]);
    expect(registeredId(registered(["tm-0", "10.0.0.7:6122"]), own)).toBeUndefined();
    expect(registeredId(registered(["tm-1", "somewhere:1"]), own)).toBe("tm-1");
  });

  it("finds nothing among none", () => {
    expect(registeredId(registered(), ownTaskManager(new Map(), hosts, [6122]))).toBeUndefined();
  });
});
