import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemorySettingError } from "../../src/flink/memory/memory-setting-error.ts";
import { parseMemorySize } from "../../src/flink/memory/memory-size.ts";
import {
  jobManagerResourceParams,
  taskManagerResourceParams,
  type ResourceParams,
} from "../../src/flink/memory/resource-params.ts";
import { memorySettings, type MemorySettings } from "../support/memory-settings.ts";

function derive(role: MemorySettings["role"], conf: ReadonlyMap<string, string>): ResourceParams | undefined {
  const params = role === "JM" ? jobManagerResourceParams : taskManagerResourceParams;
  try {
    return params({ conf, env: {}, readsLegacyKeys: false, standardYaml: true });
  } catch (error) {
    if (error instanceof MemorySettingError) return undefined;
    throw error;
  }
}

/** Accepted settings with what is derived from them; external resources and CPU cores are no memory. */
const accepted = memorySettings
  .map(({ role, conf }) => {
    const memory = new Map(Object.entries(conf).filter(([key]) => !/^external-resource|cpu\.cores$/.test(key)));
    return { role, conf: memory, params: derive(role, memory) };
  })
  .filter(({ params }) => params !== undefined);

/** The components of one process, each once. */
const components = {
  JM: "heap.size off-heap.size jvm-metaspace.size jvm-overhead.max".split(" "),
  TM: (
    "framework.heap.size framework.off-heap.size task.heap.size task.off-heap.size network.max managed.size " +
    "jvm-metaspace.size jvm-overhead.max"
  ).split(" "),
};

describe("memory that is derived", () => {
  it("is derived again from itself: the process that is started reads it from its arguments", () => {
    const limit = "jobmanager.memory.enable-jvm-direct-memory-limit";
    fc.assert(
      fc.property(accepted, ({ role, conf, params }) => {
        const own = new Map([...conf].filter(([key]) => key === limit));
        expect(derive(role, new Map([...own, ...(params?.dynamicConfigs ?? [])]))).toEqual(params);
      }),
    );
  });

  it("adds up to the total process memory, to the byte, where that is set", () => {
    fc.assert(
      fc.property(accepted, ({ role, conf, params }) => {
        const prefix = role === "JM" ? "jobmanager.memory." : "taskmanager.memory.";
        const total = conf.get(`${prefix}process.size`);
        fc.pre(total !== undefined);
        const derived = new Map(params?.dynamicConfigs);
        const sizes = components[role].map((name) => parseMemorySize(derived.get(prefix + name) ?? "") ?? 0n);
        expect(sizes.reduce((sum, size) => sum + size, 0n)).toBe(parseMemorySize(total));
      }),
    );
  });
});
