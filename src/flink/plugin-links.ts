import { join } from "node:path/posix";
import type { Target } from "../core/feature/feature.ts";
import type { PlannedLink } from "../core/plan/plan.ts";
import { inRoleDir } from "../core/plan/run-dir.ts";
import type { System } from "../core/system/system.ts";

/** A jar to load as a plugin, from the folder of that name below the plugins. */
export interface Plugin {
  readonly name: string;
  readonly jar: string;
}

/** Links into the role folder's plugins folder: the plugin's jar, which gets a separate class loader there. */
export function pluginLink({ name, jar }: Plugin, target: Target): PlannedLink {
  return { path: join(inRoleDir.plugins(target.roleDir), name, jar), target: join(target.flinkHome, "opt", jar) };
}

/** Where plugins are installed: what the user says, as Flink's own scripts take it, or else below Flink. */
export function pluginsFolder(target: Target): string {
  return String(target.variable("FLINK_PLUGINS_DIR") ?? join(target.flinkHome, "plugins"));
}

/** Links to the plugins that are installed, but for those of these names. */
export function installedPluginLinks(
  target: Target,
  system: System,
  except: readonly string[],
): readonly PlannedLink[] {
  const installed = pluginsFolder(target);
  return fileNames(system, installed)
    .filter((name) => !except.includes(name))
    .map((name) => ({ path: join(inRoleDir.plugins(target.roleDir), name), target: join(installed, name) }));
}

/** What is in a folder; nothing if it cannot be read. */
export function fileNames(system: System, folder: string): readonly string[] {
  const read = system.listDirectory(folder);
  return read.kind === "listing" ? read.names : [];
}
