import { join } from "node:path/posix";
import type { Contribution, Feature, Target } from "../core/feature/feature.ts";
import { type Notice, type Problem, problemCatalogue } from "../core/findings/problem.ts";
import { inRoleDir } from "../core/plan/run-dir.ts";
import { suggest } from "../core/findings/suggest.ts";
import type { System } from "../core/system/system.ts";
import { list } from "../core/settings/variables.ts";
import { javaMajorVersion, javaReleaseFile } from "../flink/java-release.ts";
import { isNativeVersion } from "../flink/native-versions.ts";
import { unfitPlugins } from "../flink/plugin-java.ts";
import { fileNames, installedPluginLinks, pluginLink, pluginsFolder } from "../flink/plugin-links.ts";

const pluginProblems = problemCatalogue("plugins", {
  missing: "A plugin that ENABLE_BUILT_IN_PLUGINS asks for is not in Flink's opt folder.",
  java: "A plugin that ENABLE_BUILT_IN_PLUGINS asks for does not work on this Java.",
});

const env = {
  ENABLE_BUILT_IN_PLUGINS: list({
    desc: "Jars of $FLINK_HOME/opt to load as plugins, each with a separate class loader",
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
  enabled: () => true,
  gives: ["plugins"],
  plan: (settings, target, system) => {
    const requires = checksJava(settings.ENABLE_BUILT_IN_PLUGINS, target, system);
    if (settings.ENABLE_BUILT_IN_PLUGINS.length === 0) return { requires };
    const opt = join(target.flinkHome, "opt");
    const available = fileNames(system, opt);
    const missing = settings.ENABLE_BUILT_IN_PLUGINS.filter(
      (jar) => jar.includes("/") || (target.flinkChecked && !available.includes(jar)),
    );
    if (missing.length > 0) return { problems: missing.map((jar) => missingPlugin(jar, opt, available)) };
    return { ...links(settings.ENABLE_BUILT_IN_PLUGINS, target, system), requires };
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
    outputs: { plugins: { dir } },
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

/** A plugin that is asked for must work; one that is only installed may be there for another Java. */
function checksJava(asked: readonly string[], target: Target, system: System): NonNullable<Contribution["requires"]> {
  if (!target.flinkChecked || !isNativeVersion(target.flinkVersion)) return () => [];
  return (conf) => {
    const ofConf = conf.get("env.java.home")?.value;
    const home = typeof ofConf === "string" && ofConf !== "" ? ofConf : target.javaHome;
    const release = system.readFile(javaReleaseFile(home ?? ""));
    const java = release.kind === "file" ? javaMajorVersion(new TextDecoder().decode(release.bytes)) : undefined;
    if (java === undefined) return [];
    const installed = pluginsFolder(target);
    const jars = fileNames(system, installed).flatMap((name) => fileNames(system, join(installed, name)));
    return [
      ...unfitPlugins(asked, java).map(({ jar, text, hint }) =>
        pluginProblems.problem("java", ["ENABLE_BUILT_IN_PLUGINS", jar], text, hint),
      ),
      ...unfitPlugins(jars, java).map(({ jar, text, hint }): Notice => ({
        level: "warning",
        where: [installed, jar],
        text,
        hint,
      })),
    ];
  };
}
