import { type Deployment, type Door, type OpenDoor, whereOf } from "./door.ts";
import type { JvmOption } from "./jvm-options.ts";

/** `-Dname=value`, the last one that is given: the JVM takes that. */
function property(
  options: readonly JvmOption[],
  name: string,
): { readonly value: string; readonly where: readonly string[] } | undefined {
  const found = options.findLast(({ text }) => text.startsWith(`-D${name}=`) || text === `-D${name}`);
  return found && { value: found.text.slice(name.length + 3), where: found.where };
}

const agent = "com.sun.management.jmxremote";

/** Flink's own server has neither (JMXServer), and neither has the reporter (JMXReporter); the JVM's agent has both unless it is told not to. */
function jmx({ conf, options }: Deployment): readonly OpenDoor[] {
  const reporters = [...conf.keys()].filter((key) => /^metrics\.reporter\.[^.]+\.port$/.test(key) && isJmx(key));
  function isJmx(key: string): boolean {
    const prefix = key.slice(0, -".port".length);
    return ["factory.class", "class"].some((name) => /jmx/i.test(String(conf.get(`${prefix}.${name}`)?.value ?? "")));
  }
  const keys = ["jmx.server.port", ...reporters].filter((key) => conf.has(key));
  const port = property(options, `${agent}.port`);
  const off = ["authenticate", "ssl"].filter((name) => property(options, `${agent}.${name}`)?.value === "false");
  return [
    ...keys.map((key) => ({
      where: whereOf(conf, key),
      text: "JMX listens without a password and without TLS: anyone who connects can run code",
      hint: `remove ${key}, or use ${agent}.port with a password and TLS`,
    })),
    ...(port === undefined || off.length === 0
      ? []
      : [
          {
            where: port.where,
            text: `JMX listens on port ${port.value} with ${off.map((name) => `${name}=false`).join(" and ")}: anyone who connects can run code`,
            hint: off.map((name) => `remove -D${agent}.${name}=false`).join(", and "),
          },
        ]),
  ];
}

/** The debugger of a JVM. Since Java 9, a port without a host is one of 127.0.0.1. */
function jdwp({ options }: Deployment): readonly OpenDoor[] {
  return options.flatMap(({ text, where }): OpenDoor[] => {
    const [, settings] = /^(?:-agentlib:jdwp=|-Xrunjdwp:)(.*)$/.exec(text) ?? [];
    if (settings === undefined || !/(?:^|,)server=y/.test(settings)) return [];
    const address = /(?:^|,)address=([^,]*)/.exec(settings)?.[1] ?? "";
    const host = /^(.*):\d+$/.exec(address)?.[1] ?? "localhost";
    if (["localhost", "127.0.0.1", "[::1]", "::1"].includes(host)) return [];
    const what = `the debugger listens on ${host === "*" ? "all interfaces" : host}: anyone who connects can run code`;
    return [{ where, text: what, hint: "use address=localhost:PORT, and kubectl port-forward" }];
  });
}

export const jvmDoors: readonly Door[] = [
  {
    name: "jmx",
    risk: "Anyone who reaches the port can run code in the process: JMX has no password or no TLS.",
    closedBy:
      "no `jmx.server.port` and no JMX reporter with a port; `com.sun.management.jmxremote.port` with a password and TLS",
    find: jmx,
  },
  {
    name: "jdwp",
    risk: "Anyone who reaches the debugger's port can run code in the process.",
    closedBy: "`address=localhost:PORT`, and a port that is forwarded",
    find: jdwp,
  },
];
