import { describe, expect, it } from "vitest";
import { portsToAsk } from "../../../src/health/ports-to-ask.ts";

describe("portsToAsk", () => {
  const listening = [{ port: 5005 }, { port: 6122 }, { port: 6121 }, { port: 9249 }];

  it.each([
    [{}, [5005, 6122, 6121, 9249]],
    [{ "taskmanager.rpc.port": "6122" }, [6122]],
    [{ "taskmanager.rpc.port": "6122", "taskmanager.data.port": "6121" }, [6122, 6121]],
    // What others are told may lead here by another port.
    [{ "taskmanager.rpc.port": "31000", "taskmanager.rpc.bind-port": "6122" }, [6122]],
    [{ "taskmanager.rpc.port": "31000" }, [5005, 6122, 6121, 9249]],
    [{ "taskmanager.rpc.port": "0" }, [5005, 6122, 6121, 9249]],
    [{ "taskmanager.rpc.port": "50100-50200" }, [5005, 6122, 6121, 9249]],
  ])("%j", (keys, ports) => {
    expect(portsToAsk(new Map(Object.entries(keys)), listening).map(({ port }) => port)).toEqual(ports);
  });

  it("asks none where there is none", () => {
    expect(portsToAsk(new Map([["taskmanager.rpc.port", "6122"]]), [])).toEqual([]);
  });
});
