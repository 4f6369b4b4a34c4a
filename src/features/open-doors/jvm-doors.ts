import { type Deployment, type Door, type OpenDoor, whereOf } from "./door.ts";
import type { JvmOption } from "./jvm-options.ts";
import { listedReporters } from "./reporters.ts";

interface Property {
  readonly value: string;
  readonly where: readonly string[];
}

/** `-Dname=value`: of several, the JVM takes the last. Without `=`, the value is empty. */
function property(options: readonly JvmOption[], name: string): Property | undefined {
  const found = options.findLast(({ text }) => text.startsWith(`-D${name}=`) || text === `-D${name}`);
  return found && { value: found.text.slice(name.length + 3), where: found.where };
}

const management = "com.sun.management";
const local = ["localhost", "127.0.0.1", "[::1]", "::1"];

/** Flink's own server has neither password nor TLS (JMXServer), nor has the reporter (JMXReporterFactory). */
function flinkJmx({ conf }: Deployment): readonly OpenDoor[] {
  const reporters = listedReporters(conf, /jmx/i).map((name) => `metrics.reporter.${name}.port`);
  return ["jmx.server.port", ...reporters]
    .filter((key) => conf.has(key))
    .map((key) => ({
      where: whereOf(conf, key),
      text: "JMX listens without a password and without TLS: anyone who connects can run code",
      hint: `remove ${key}, or use ${management}.jmxremote.port with a password and TLS`,
    }));
}

/**
 * The JVM's agent asks for a password and uses TLS unless a property says otherwise; whatever is not `true` turns it off
 * (sun.management.jmxremote.ConnectorBootstrap, Boolean.valueOf).
 */
function jvmJmx({ options }: Deployment): readonly OpenDoor[] {
  const port = property(options, `${management}.jmxremote.port`);
  const host = property(options, `${management}.jmxremote.host`)?.value;
  if (port === undefined || (host !== undefined && local.includes(host.toLowerCase()))) return [];
  const off = ["authenticate", "ssl"].filter((name) => {
    const value = property(options, `${management}.jmxremote.${name}`)?.value;
    return value !== undefined && value.toLowerCase() !== "true";
  });
  if (off.length === 0) return [];
  const names = off.map((name) => `${management}.jmxremote.${name}`);
  return [
    {
      where: port.where,
      text: `JMX listens on port ${port.value} with ${off.map((name) => `${name} off`).join(" and ")}: anyone who connects can run code`,
      hint: `set ${names.map((name) => `-D${name}=true`).join(" and ")}`,
    },
  ];
}

/** The settings of a debugger's agent: `-agentlib:jdwp=…`, `-agentpath:…/libjdwp.so=…` or the old `-Xrunjdwp:…`. */
const jdwpAgent = /^(?:-agentlib:jdwp=|-Xrunjdwp:|-agentpath:(?:[^=]*\/)?libjdwp[^/=]*=)(.*)$/;

/** The agent adds the variable to its own settings (debugInit.c). Since Java 9, a port without a host is one of 127.0.0.1. */
function jdwp({ options, target }: Deployment): readonly OpenDoor[] {
  const more = target.variable("_JAVA_JDWP_OPTIONS");
  return options.flatMap(({ text, where }): OpenDoor[] => {
    const own = jdwpAgent.exec(text)?.[1];
    if (own === undefined) return [];
    const settings = new Map(`${own},${String(more ?? "")}`.split(",").map((each) => splitAt(each, "=")));
    if (settings.get("server") !== "y") return [];
    const host = /^(.*):\d*$/.exec(settings.get("address") ?? "")?.[1] ?? "localhost";
    if (local.includes(host.toLowerCase())) return [];
    const what = `the debugger listens on ${host === "*" ? "all interfaces" : host}: anyone who connects can run code`;
    return [{ where, text: what, hint: "use address=localhost:PORT, and kubectl port-forward" }];
  });
}

function splitAt(text: string, separator: string): readonly [string, string] {
  const [name = "", ...rest] = text.split(separator);
  return [name, rest.join(separator)];
}

/** Files with further options of the JVM, or of its JMX agent. */
const optionFile = new RegExp(`^(?:@(?!@)|-XX:VMOptionsFile=|-D${management}\\.config\\.file=)(.+)$`);

function optionFiles({ options }: Deployment): readonly OpenDoor[] {
  return options.flatMap(({ text, where }) => {
    const file = optionFile.exec(text)?.[1];
    if (file === undefined) return [];
    const what = `the JVM reads options from ${file}, which Sluice does not check: they can open JMX or a debugger`;
    return [{ where, text: what, hint: "write the options here" }];
  });
}

export const jvmDoors: readonly Door[] = [
  {
    name: "jmx",
    risk: "Anyone who reaches the port can run code in the process: JMX has no password or no TLS.",
    closedBy:
      "no `jmx.server.port` and no JMX reporter with a port; `com.sun.management.jmxremote.port` with a password and TLS",
    find: (deployment) => [...flinkJmx(deployment), ...jvmJmx(deployment)],
  },
  {
    name: "jdwp",
    risk: "Anyone who reaches the debugger's port can run code in the process.",
    closedBy: "`address=localhost:PORT`, and a port that is forwarded",
    find: jdwp,
  },
  {
    name: "jvm-option-file",
    risk: "The JVM reads options from a file that Sluice does not check: `@FILE`, `-XX:VMOptionsFile`, `com.sun.management.config.file`.",
    closedBy: "options on the command line",
    find: optionFiles,
  },
];
