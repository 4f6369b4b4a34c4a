import { join } from "node:path/posix";
import type { FeatureOutputs, Target } from "../../core/feature/feature.ts";
import type { PlannedLink } from "../../core/plan/plan.ts";
import type { Problem } from "../../core/findings/problem.ts";
import { inRoleDir } from "../../core/plan/run-dir.ts";
import type { System } from "../../core/system/system.ts";
import { fileNames, installedPluginLinks, pluginLink, pluginsFolder } from "../../flink/plugin-links.ts";
import { sealedStateProblems } from "./problems.ts";

const name = "sealed-filesystem";

interface Placed {
  readonly links: readonly PlannedLink[];
  readonly env: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

const untouched: Placed = { links: [], env: {}, problems: [] };

/** Lets Flink load the plugin: from where it is installed, or else from `opt`, as Flink's own optional plugins. */
export function placePlugin(target: Target, system: System, outputs: FeatureOutputs): Placed {
  if (!target.flinkChecked) return untouched;
  const installed = join(pluginsFolder(target), name);
  if (fileNames(system, installed).some(isJar)) return untouched;
  const opt = join(target.flinkHome, "opt");
  const jar = fileNames(system, opt).findLast((file) => file.startsWith(`${name}-`) && isJar(file));
  if (jar === undefined) {
    const text = `there is no ${name}-<version>.jar in ${opt}, and none in ${installed}`;
    const hint = `copy it into ${opt} when the image is built, as ours is: npm run build makes it (docs/image.md)`;
    const problem = sealedStateProblems.problem("plugin-missing", ["SEALED_STATE_ENABLED"], text, hint);
    return { ...untouched, problems: [problem] };
  }
  const link = pluginLink({ name, jar }, target);
  if (outputs.plugins !== undefined) return { ...untouched, links: [link] };
  const kept = installedPluginLinks(target, system, [name]);
  return { links: [...kept, link], env: { FLINK_PLUGINS_DIR: inRoleDir.plugins(target.roleDir) }, problems: [] };
}

function isJar(file: string): boolean {
  return file.endsWith(".jar");
}
