import { join } from "node:path/posix";
import type { Contribution, Feature, Target } from "../core/feature.ts";
import { type Problem, problemCatalogue } from "../core/problem.ts";
import { inRoleDir } from "../core/run-dir.ts";
import { suggest } from "../core/suggest.ts";
import type { System } from "../core/system.ts";
import { list } from "../core/variables.ts";
import { fileNames, installedPluginLinks, pluginLink } from "../flink/plugin-links.ts";

const pluginProblems = problemCatalogue("plugins", {
  missing: "A plugin that ENABLE_BUILT_IN_PLUGINS asks for is not in Flink's opt folder.",
});

const env = {
  ENABLE_BUILT_IN_PLUGINS: list({
    desc: "Jars of $FLINK_HOME/opt to load as plugins, each with a class loader of its own",
    example: "flink-s3-fs-hadoop-2.3.0.jar;flink-azure-fs-hadoop-2.3.0.jar",
  }),
};

/** Links jars of `opt` into a plugins folder of the role folder, beside the plugins that are installed; FLINK_HOME stays as it is. */
export const plugins: Feature<typeof env> = {
  name: "plugins",
  title: "Plugins",
  about: "As the official image has it.",
  env,
  problems: pluginProblems,
  turnOn: "ENABLE_BUILT_IN_PLUGINS",
  enabled: (settings) => settings.ENABLE_BUILT_IN_PLUGINS.length > 0,
  plan: (settings, target, system) => {
    const opt = join(target.flinkHome, "opt");
    const available = fileNames(system, opt);
    const missing = settings.ENABLE_BUILT_IN_PLUGINS.filter(
      (jar) => jar.includes("/") || (target.flinkChecked && !available.includes(jar)),
    );
    if (missing.length > 0) return { problems: missing.map((jar) => missingPlugin(jar, opt, available)) };
    return links(settings.ENABLE_BUILT_IN_PLUGINS, target, system);
  },
};

function links(jars: readonly string[], target: Target, system: System): Contribution {
  const wanted = jars.map((jar) => ({ name: jar.replace(/\.jar$/, ""), jar }));
  const installed = installedPluginLinks(
    target,
    system,
    wanted.map(({ name }) => name),
  );
  const dir = inRoleDir.plugins(target.roleDir);
  return {
    links: [...installed, ...wanted.map((plugin) => pluginLink(plugin, target))],
    env: { FLINK_PLUGINS_DIR: dir },
    offers: { plugins: { dir } },
  };
}

function missingPlugin(jar: string, opt: string, available: readonly string[]): Problem {
  const suggestion = suggest(jar, available);
  const there = available.length === 0 ? "there are none now" : `it has ${available.join(", ")}`;
  const hint =
    suggestion === undefined
      ? `put the jar there and name it without a folder; ${there}`
      : `did you mean ${suggestion}?`;
  return pluginProblems.problem("missing", ["ENABLE_BUILT_IN_PLUGINS"], `there is no ${jar} in ${opt}`, hint);
}
