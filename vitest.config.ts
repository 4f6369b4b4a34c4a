import { defineConfig } from "vitest/config";

/** Tests that start servers or containers, and so run one file at a time, each group by its own command. */
function serverTests(
  name: string,
  folder: string,
  groupOrder: number,
  own: { globalSetup?: string[]; setupFiles?: string[]; testTimeout?: number; hookTimeout?: number } = {},
) {
  return {
    test: {
      name,
      include: [`${folder}/**/*.test.ts`],
      fileParallelism: false,
      testTimeout: 120_000,
      hookTimeout: 600_000,
      sequence: { groupOrder },
      ...own,
    },
  };
}

/** Tests that start processes: Node, JVMs, openssl. `npm run test:fast` leaves them out. */
const processes = [
  "test/differential/**/*.test.ts",
  "test/golden/refusal.test.ts",
  "test/unit/{earlier-version,lint-layers}.test.ts",
  "test/unit/cli/{beside,certs,check,roles-at-once,run}.test.ts",
  "test/unit/{docker/compose,scripts/start}.test.ts",
  "test/unit/shell/{create-secret,leave-root,lock,log,process-facts,start-record}.test.ts",
];

const setupFiles = ["test/support/fixed-seed.ts"];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "fast",
          // Files share loaded modules: loading them for each file would take more than half of the time.
          isolate: false,
          include: ["test/**/*.test.ts"],
          exclude: ["test/{e2e,services,pipeline}/**", ...processes],
          maxWorkers: 2,
          setupFiles: [...setupFiles, "test/support/without-processes.ts"],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "processes",
          include: processes,
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 120_000,
          setupFiles,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          // Each file starts JVMs that need the whole machine.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 1 },
        },
      },
      serverTests("image", "docker/test", 2, { globalSetup: ["docker/test/setup.ts"] }),
      serverTests("services", "test/services", 3),
      serverTests("pipeline", "test/pipeline", 4),
      serverTests("kubernetes", "deploy/test", 5, {
        globalSetup: ["deploy/test/setup.ts"],
        setupFiles: ["deploy/test/on-failure.ts"],
        // Each wait has a limit of its own, and says what it waited for.
        testTimeout: 2_400_000,
        hookTimeout: 2_400_000,
      }),
    ],
  },
});
