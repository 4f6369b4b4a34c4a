import { describe, expect, it } from "vitest";
import { MemorySettingError } from "../../../../src/flink/memory/memory-setting-error.ts";
import { jobManagerResourceParams, taskManagerResourceParams } from "../../../../src/flink/memory/resource-params.ts";

const jm = (key: string) => `jobmanager.memory.${key}`;
const tm = (key: string) => `taskmanager.memory.${key}`;

function refusal(
  role: "JM" | "TM",
  conf: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
) {
  const derive = role === "JM" ? jobManagerResourceParams : taskManagerResourceParams;
  try {
    derive({ conf: new Map(Object.entries(conf)), env, readsLegacyKeys: true, standardYaml: true });
  } catch (error) {
    if (error instanceof MemorySettingError) return `${error.keys.join(", ")}: ${error.message} / ${error.hint}`;
    throw error;
  }
  throw new Error("was accepted");
}

describe("settings that Flink would refuse", () => {
  it.each([
    {
      conf: {},
      says:
        "jobmanager.memory.process.size: nothing says how much memory the JobManager has / set jobmanager.memory.process.size " +
        "to the container's memory, or set jobmanager.memory.flink.size, or jobmanager.memory.heap.size",
    },
    {
      conf: { [jm("process.size")]: "1600 megs" },
      says: `jobmanager.memory.process.size: "1600 megs" is not a value of jobmanager.memory.process.size / write a number and a unit, such as 1600m or 2g`,
    },
    {
      conf: { [jm("process.size")]: "400m" },
      says:
        "jobmanager.memory.process.size: JVM metaspace (256m) and JVM overhead (192m) need more than the total process memory of 400m / " +
        "raise jobmanager.memory.process.size above 448m, or lower jobmanager.memory.jvm-metaspace.size or jobmanager.memory.jvm-overhead.min",
    },
    {
      conf: { [jm("flink.size")]: "128m" },
      says:
        "jobmanager.memory.flink.size: total Flink memory (128m) leaves nothing for the JVM heap beside off-heap memory (128m) / " +
        "raise jobmanager.memory.flink.size, or lower jobmanager.memory.off-heap.size",
    },
    {
      conf: { [jm("flink.size")]: "1g", [jm("heap.size")]: "1g", [jm("off-heap.size")]: "1m" },
      says:
        "jobmanager.memory.flink.size: JVM heap (1024m) and off-heap memory (1m) do not add up to the total Flink memory of 1024m / " +
        "remove jobmanager.memory.flink.size, or set it to 1025m",
    },
    {
      conf: { [jm("flink.size")]: "1g", [jm("process.size")]: "1g" },
      says:
        "jobmanager.memory.process.size: total process memory (1024m) is less than total Flink memory and JVM metaspace together (1280m) / " +
        "remove jobmanager.memory.process.size, or raise it above 1280m, or lower jobmanager.memory.flink.size",
    },
    {
      conf: { [jm("flink.size")]: "1g", [jm("process.size")]: "1300m" },
      says:
        "jobmanager.memory.process.size: 20m of the total process memory is left for JVM overhead, which must be between 192m and 1024m / " +
        "remove jobmanager.memory.process.size, or set it to between 1472m and 2304m, or change jobmanager.memory.jvm-overhead.min",
    },
    {
      conf: { [jm("process.size")]: "2g", [jm("jvm-overhead.min")]: "2g" },
      says:
        "jobmanager.memory.jvm-overhead.min, jobmanager.memory.jvm-overhead.max: the minimum (2048m) is above the maximum (1024m) / " +
        "lower jobmanager.memory.jvm-overhead.min, or raise jobmanager.memory.jvm-overhead.max",
    },
    {
      conf: { [jm("process.size")]: "2g", [jm("jvm-overhead.fraction")]: "1.5" },
      says:
        "jobmanager.memory.jvm-overhead.fraction: 1.5 is not a valid fraction of the memory / " +
        "set jobmanager.memory.jvm-overhead.fraction to a number from 0 to less than 1",
    },
    {
      conf: { "jobmanager.heap.mb": "-1" },
      says: "jobmanager.heap.mb: -1 is not a valid number of megabytes / remove jobmanager.heap.mb, and set jobmanager.memory.heap.size",
    },
  ])("JobManager: $says", ({ conf, says }) => {
    expect(refusal("JM", conf)).toBe(says);
  });

  it.each([
    {
      conf: { [tm("flink.size")]: "1g", [tm("managed.size")]: "900m" },
      says:
        "taskmanager.memory.flink.size: the components need 1258.4m (1319528040b) (framework heap 128m, framework off-heap 128m, " +
        "task off-heap 0m, managed 900m, network 102.4m (107374184b)), and total Flink memory is 1024m / " +
        "raise taskmanager.memory.flink.size, or lower one of the components",
    },
    {
      conf: {
        [tm("flink.size")]: "1g",
        [tm("managed.size")]: "0",
        [tm("task.heap.size")]: "700m",
        [tm("network.max")]: "50m",
        [tm("network.min")]: "1m",
      },
      says:
        "taskmanager.memory.task.heap.size: 68m of the total Flink memory is left for network memory, which must be between 1m and 50m / " +
        "remove taskmanager.memory.task.heap.size so that it is derived, or change taskmanager.memory.network.max",
    },
    {
      conf: {
        [tm("flink.size")]: "1g",
        [tm("managed.size")]: "0",
        [tm("task.heap.size")]: "700m",
        "taskmanager.network.numberOfBuffers": "32",
      },
      says:
        "taskmanager.memory.task.heap.size: 68m of the total Flink memory is left for network memory, which must be 1m / " +
        "remove taskmanager.memory.task.heap.size so that it is derived, or change taskmanager.network.numberOfBuffers",
    },
    {
      conf: { [tm("process.size")]: "2g", "taskmanager.numberOfTaskSlots": "0" },
      says: "taskmanager.numberOfTaskSlots: 0 is not a valid number of CPU cores / set taskmanager.numberOfTaskSlots to a number above 0",
    },
  ])("TaskManager: $says", ({ conf, says }) => {
    expect(refusal("TM", conf)).toBe(says);
  });

  it("a legacy variable that is no size", () => {
    expect(refusal("TM", {}, { FLINK_TM_HEAP: "lots" })).toBe(
      `FLINK_TM_HEAP: "lots" is not a valid memory size / unset FLINK_TM_HEAP, and set taskmanager.memory.flink.size`,
    );
  });
});
