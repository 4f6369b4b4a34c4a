import * as fc from "fast-check";
import type { Arbitrary } from "fast-check";
import { resources, withoutUndefined } from "./resource-settings.ts";

/** One question for the memory model, and for Flink's own. */
export interface MemorySettings {
  readonly role: "JM" | "TM";
  readonly standardYaml: boolean;
  readonly env: Readonly<Record<string, string>>;
  readonly conf: Readonly<Record<string, string>>;
}

const mebibytes = (values: readonly number[]) => fc.constantFrom(...values).map((value) => `${value}m`);

/** Sizes that often fit together, so that sums match and bounds are met. */
const fitting = mebibytes([0, 64, 128, 192, 256, 320, 384, 448, 512, 640, 768, 1024]);

const anySize = fc.oneof(
  { weight: 36, arbitrary: fitting },
  { weight: 18, arbitrary: fc.bigInt({ min: 0n, max: 4n * 1024n ** 3n }).map((bytes) => `${bytes}b`) },
  {
    weight: 12,
    arbitrary: fc
      .tuple(fc.nat(5000), fc.constantFrom("m", " mb", "k", "KB", "MebiBytes"))
      .map((parts) => parts.join("")),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "1g",
      "2 gb",
      "1t",
      "1tebibytes",
      "1024",
      " 77 ",
      "512bytes",
      "3kibibytes",
      "1 Gibibytes",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ..."9223372036854775807 9223372036854775808 8388607t 8388608t -1m 1.5g m 12q".split(" "),
      "",
      " ",
      "1 m m",
      "４m",
      "0x10",
      "1_000m",
    ),
  },
);

const total = fc.oneof(
  { weight: 30, arbitrary: mebibytes([448, 576, 640, 896, 1024, 1280, 1600, 1728, 2048, 4096]) },
  { weight: 24, arbitrary: anySize },
  { weight: 12, arbitrary: fc.bigInt({ min: 0n, max: 64n * 1024n ** 3n }).map(String) },
);

const fraction = fc.oneof(
  { weight: 36, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }).map(String) },
  {
    weight: 18,
    arbitrary: fc.constantFrom("0", "0.1", "0.4", "0.5", ".25", "1e-3", "0.9999", "5E-1", "0.25f", " 0.3d ", "+0.2"),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("1", "-0.1", "NaN", "Infinity", "1.5", "a", "", "0,5", "-0", "1e", "0.99999999999"),
  },
);

const wholeNumber = fc.oneof(
  { weight: 48, arbitrary: fc.integer({ min: -2, max: 5000 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom("2147483647", "2147483648", "-2147483648", "+7", "1.0", "x", "", " 1") },
);

const cores = fc.oneof(
  { weight: 36, arbitrary: fc.double({ min: -1, max: 64, noNaN: true }).map(String) },
  {
    weight: 24,
    arbitrary: fc.constantFrom("1", "2.0", "0.5", "1e-9", "12345678.9", "1e22", "0.000123456789", "0", "0.0015"),
  },
  { weight: 1, arbitrary: fc.constantFrom("NaN", "Infinity", "-Infinity", "two", "1e400", "0.1.2") },
);

interface Weighted {
  readonly value: Arbitrary<string>;
  /** Out of 100. */
  readonly often: number;
}

const jobManagerKeys: Readonly<Record<string, Weighted>> = {
  "jobmanager.memory.process.size": { value: total, often: 75 },
  "jobmanager.memory.flink.size": { value: total, often: 40 },
  "jobmanager.memory.heap.size": { value: anySize, often: 18 },
  "jobmanager.memory.off-heap.size": { value: anySize, often: 18 },
  "jobmanager.memory.jvm-metaspace.size": { value: anySize, often: 12 },
  "jobmanager.memory.jvm-overhead.min": { value: anySize, often: 12 },
  "jobmanager.memory.jvm-overhead.max": { value: total, often: 12 },
  "jobmanager.memory.jvm-overhead.fraction": { value: fraction, often: 15 },
  "jobmanager.memory.enable-jvm-direct-memory-limit": {
    value: fc.constantFrom("true", "false", "TRUE", "False", "yes"),
    often: 10,
  },
  "jobmanager.heap.size": { value: anySize, often: 8 },
  "jobmanager.heap.mb": { value: wholeNumber, often: 8 },
};

const taskManagerKeys: Readonly<Record<string, Weighted>> = {
  "taskmanager.memory.process.size": { value: total, often: 75 },
  "taskmanager.memory.flink.size": { value: total, often: 40 },
  "taskmanager.memory.task.heap.size": { value: anySize, often: 18 },
  "taskmanager.memory.managed.size": { value: anySize, often: 15 },
  "taskmanager.memory.size": { value: anySize, often: 5 },
  "taskmanager.memory.managed.fraction": { value: fraction, often: 10 },
  "taskmanager.memory.framework.heap.size": { value: fitting, often: 10 },
  "taskmanager.memory.framework.off-heap.size": { value: fitting, often: 10 },
  "taskmanager.memory.task.off-heap.size": { value: fitting, often: 10 },
  "taskmanager.memory.network.min": { value: anySize, often: 10 },
  "taskmanager.memory.network.max": { value: total, often: 10 },
  "taskmanager.memory.network.fraction": { value: fraction, often: 8 },
  "taskmanager.network.memory.min": { value: fitting, often: 3 },
  "taskmanager.network.memory.max": { value: total, often: 3 },
  "taskmanager.network.memory.fraction": { value: fraction, often: 3 },
  "taskmanager.network.numberOfBuffers": { value: wholeNumber, often: 22 },
  "taskmanager.memory.segment-size": {
    value: fc.constantFrom("32k", "64kb", "4096", "2k", "33k", "1m", "2g", "1g"),
    often: 8,
  },
  "taskmanager.memory.jvm-metaspace.size": { value: anySize, often: 10 },
  "taskmanager.memory.jvm-overhead.min": { value: anySize, often: 10 },
  "taskmanager.memory.jvm-overhead.max": { value: total, often: 10 },
  "taskmanager.memory.jvm-overhead.fraction": { value: fraction, often: 12 },
  "taskmanager.cpu.cores": { value: cores, often: 12 },
  "taskmanager.numberOfTaskSlots": { value: wholeNumber, often: 15 },
  "taskmanager.heap.size": { value: anySize, often: 6 },
  "taskmanager.heap.mb": { value: wholeNumber, often: 6 },
};

function settings(keys: Readonly<Record<string, Weighted>>): Arbitrary<Record<string, string>> {
  const optional = Object.entries(keys).map(([key, { value, often }]): [string, Arbitrary<string | undefined>] => [
    key,
    fc.oneof({ weight: often, arbitrary: value }, { weight: 100 - often, arbitrary: fc.constant(undefined) }),
  ]);
  return fc.record(Object.fromEntries(optional)).map(withoutUndefined);
}

function heapVariable(name: string): Arbitrary<Record<string, string>> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: anySize.map((size) => ({ [name]: size })) },
  );
}

/** Settings of both processes: accepted and rejected ones, every way of deriving, and the names that only Flink 1.x reads. */
export const memorySettings: Arbitrary<MemorySettings> = fc.oneof(
  fc.record({
    role: fc.constant("JM" as const),
    standardYaml: fc.boolean(),
    env: heapVariable("FLINK_JM_HEAP"),
    conf: settings(jobManagerKeys),
  }),
  fc.record({
    role: fc.constant("TM" as const),
    standardYaml: fc.boolean(),
    env: heapVariable("FLINK_TM_HEAP"),
    conf: fc.tuple(settings(taskManagerKeys), resources).map(([memory, external]) => ({ ...memory, ...external })),
  }),
);

function corner(role: "JM" | "TM", conf: Readonly<Record<string, string>>): MemorySettings {
  return { role, standardYaml: true, env: {}, conf };
}

/** What the random ones meet too rarely. */
export const memoryCorners: readonly MemorySettings[] = [
  corner("JM", {}),
  corner("TM", {}),
  corner("JM", { "jobmanager.memory.heap.size": "9223372036854775807", "jobmanager.memory.flink.size": "1g" }),
  corner("JM", { "jobmanager.memory.heap.size": "9223372036854775807" }),
  corner("JM", {
    "jobmanager.memory.process.size": "9223372036854775807",
    "jobmanager.memory.jvm-overhead.max": "8388607t",
  }),
  corner("TM", { "taskmanager.memory.process.size": "4g", "taskmanager.network.numberOfBuffers": "-1" }),
  corner("TM", { "taskmanager.memory.process.size": "4g", "taskmanager.cpu.cores": "1e400" }),
];
