import { writeFileSync } from "node:fs";

/** Makes this process the first to go when memory runs out, before the JVM beside it (proc(5), oom_score_adj). */
export function yieldMemory(): void {
  try {
    writeFileSync("/proc/self/oom_score_adj", "1000");
  } catch {
    // Then the kernel decides as it always does.
  }
}
