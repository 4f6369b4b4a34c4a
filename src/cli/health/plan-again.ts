import type { Launcher, Planned } from "../../core/plan/assemble.ts";
import { makePlan } from "../../core/plan/make-plan.ts";
import type { ClusterRecord, RecordedCertificate } from "../../core/plan/start-record.ts";
import type { System } from "../../core/system/system.ts";
import { fileSha256 } from "../../tls/material.ts";
import { features } from "../../features/index.ts";
import { roleOf } from "../../flink/recognise-command.ts";
import type { Environment } from "../prepare.ts";

/** Whether a mounted file is another one than when the process started. Times tell less: some mounts have none. */
export function hasChanged({ source, sourceSha256 }: RecordedCertificate, system: System): boolean {
  return fileSha256(source, system) !== sourceSha256;
}

/** What a restart would plan with what is mounted now: everything but the command, which does not depend on certificates. */
export function planAgain({ role }: ClusterRecord, environment: Environment, system: System): Planned {
  const exec = { path: "", argv: [], set: {}, unset: [] };
  const launch: Launcher = () => ({ kind: "exec", exec, notices: [] });
  return makePlan({ command: [role], environment, features, system, launch, roleOf });
}
