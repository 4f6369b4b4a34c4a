import type { Feature } from "../../core/feature/feature.ts";
import type { Finding } from "../../core/findings/findings.ts";
import { problemCatalogue } from "../../core/findings/problem.ts";
import { suggest } from "../../core/findings/suggest.ts";
import { flag, list } from "../../core/settings/variables.ts";
import { roleOf } from "../../flink/recognise-command.ts";
import { type Door, isTrue } from "./door.ts";
import { flinkDoors } from "./flink-doors.ts";
import { jvmDoors } from "./jvm-doors.ts";
import { jvmOptions } from "./jvm-options.ts";

/** Every way into a process that Sluice looks for. */
export const doors: readonly Door[] = [...flinkDoors, ...jvmDoors];

const names = doors.map(({ name }) => name);

const env = {
  SLUICE_STRICT: flag({
    desc: "Refuse to start while a door is open that TLS does not close: docs/open-doors.md lists them",
  }),
  SLUICE_ALLOW: list({
    desc: `Doors that may stay open: ${names.join(", ")}`,
    example: "metrics-plaintext",
  }),
};

const problems = problemCatalogue("open-doors", {
  open: "SLUICE_STRICT is set, and a door is open that TLS does not close. docs/open-doors.md lists them.",
  "unknown-door": "SLUICE_ALLOW names a door that Sluice does not know.",
});

/** Says which doors stay open although TLS is on. */
export const openDoors: Feature<typeof env> = {
  name: "open-doors",
  title: "Open doors",
  about: "With TLS on, each door that stays open is a warning, or an error if SLUICE_STRICT is true.",
  env,
  problems,
  enabled: () => true,
  plan: (settings, target) => {
    const allowed = settings.SLUICE_ALLOW;
    return {
      problems: allowed.filter((name) => !names.includes(name)).map(unknown),
      requires: (conf) => {
        const hasTls = ["security.ssl.internal.enabled", "security.ssl.rest.enabled"].some((key) => isTrue(conf, key));
        if (!hasTls && !settings.SLUICE_STRICT) return [];
        const role = roleOf(target.command, target.flinkHome);
        const deployment = { target, role, conf, options: jvmOptions(conf, target) };
        return doors
          .filter(({ name }) => !allowed.includes(name))
          .flatMap(({ name, find }) =>
            find(deployment).map(({ where, text, hint }): Finding => {
              const orAllow = `${hint}; or set SLUICE_ALLOW=${[...allowed, name].join(",")}`;
              if (settings.SLUICE_STRICT) return problems.problem("open", where, text, orAllow);
              return { level: "warning", where, text, hint: orAllow };
            }),
          );
      },
    };
  },
};

function unknown(name: string): ReturnType<typeof problems.problem> {
  const meant = suggest(name, names);
  const hint = meant === undefined ? `use ${names.join(", ")}` : `did you mean ${meant}?`;
  return problems.problem("unknown-door", ["SLUICE_ALLOW"], `there is no door ${JSON.stringify(name)}`, hint);
}
