import type { Contribution, Feature } from "../../core/feature/feature.ts";
import { separate } from "../../core/findings/findings.ts";
import { isAtLeast } from "../../core/feature/flink-version.ts";
import { flag, path } from "../../core/settings/variables.ts";
import { roleOf } from "../../flink/recognise-command.ts";
import { checkKeys } from "./check-keys.ts";
import { checkLocalState } from "./local-state.ts";
import { checkPaths } from "./check-paths.ts";
import { placePlugin } from "./plugin.ts";
import { sealedStateProblems } from "./problems.ts";

/** The plugin's own default. */
const defaultDir = "/keys";

const env = {
  SEALED_STATE_ENABLED: flag({
    desc: "Encrypt checkpoints, savepoints and what high availability stores, below sealed+<scheme>://",
  }),
  SEALED_STATE_KEY_DIR: path({
    desc: "The mounted Secret with the keys: a file for each, named after its id, and primary with the id of the one in use",
    defaultText: defaultDir,
  }),
};

/** Encrypted state: the plugin, its keys, and that every path goes through it. */
export const sealedState: Feature<typeof env> = {
  name: "sealed-state",
  title: "Encrypted state",
  about:
    "Every path where Flink stores state must begin with sealed+, because savepoints and operators name paths too. Any other path is an error, and the hint has the corrected line. See docs/sealed-state.md.",
  env,
  problems: sealedStateProblems,
  turnOn: "SEALED_STATE_ENABLED=true",
  enabled: (settings) => settings.SEALED_STATE_ENABLED,
  needs: ["plugins"],
  plan: (settings, target, system, outputs): Contribution => {
    const dir = settings.SEALED_STATE_KEY_DIR ?? defaultDir;
    const placed = placePlugin(target, system, outputs);
    const { problems, notices } = separate([...placed.problems, ...checkKeys(dir, system)]);
    const isOld = !isAtLeast(target.flinkVersion, 1, 20);
    return {
      links: placed.links,
      algorithms: () => [{ part: "sealed state", name: "AES-256-GCM and HKDF-SHA-256, by Tink on the JVM's provider" }],
      // Jobs that encrypt by their serializers find the keys by the variable.
      env: { ...placed.env, SEALED_STATE_KEY_DIR: dir },
      flinkConf: [{ key: "sealed.key-dir", value: dir, strength: "required", because: "SEALED_STATE_ENABLED" }],
      problems: isOld ? [tooOld(target.flinkVersion), ...problems] : problems,
      notices,
      requires: (conf) => [
        ...checkPaths(conf, system),
        ...checkLocalState(roleOf(target.command, target.flinkHome), conf, system),
      ],
    };
  },
};

function tooOld(version: string): ReturnType<typeof sealedStateProblems.problem> {
  const text = `the plugin does not work with Flink ${version}`;
  const hint = "use Flink 1.20 or newer, or unset SEALED_STATE_ENABLED";
  return sealedStateProblems.problem("flink-version", ["SEALED_STATE_ENABLED"], text, hint);
}
