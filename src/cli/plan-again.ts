import type { Launcher, Planned } from "../core/assemble.ts";
import { makePlan } from "../core/make-plan.ts";
import type { RecordedCertificate, StartRecord } from "../core/start-record.ts";
import type { System } from "../core/system.ts";
import { features } from "../features/index.ts";
import type { Environment } from "./prepare.ts";

/** Whether a mounted file is another one than when the process started. */
export function hasChanged({ source, stamp }: RecordedCertificate, { fileStamp }: Pick<System, "fileStamp">): boolean {
  const current = fileStamp(source);
  return current?.size !== stamp?.size || current?.modified !== stamp?.modified;
}

/** What a restart would plan with what is mounted now: everything but the command, which does not depend on certificates. */
export function planAgain({ role }: StartRecord, environment: Environment, system: System): Planned {
  const exec = { path: "", argv: [], set: {}, unset: [] };
  const launch: Launcher = () => ({ kind: "exec", exec, notices: [] });
  return makePlan({ command: [role], environment, features, system, launch });
}
