import { join } from "node:path/posix";
import type { PlannedFile } from "../../core/plan/plan.ts";
import type { Problem } from "../../core/findings/problem.ts";
import { Secret } from "../../secret.ts";
import type { System } from "../../core/system/system.ts";
import { escapeXml, notXml } from "../../formats/xml/text.ts";
import { renderTemplate } from "../../templates/render.ts";
import { siteFiles } from "./mounted.ts";
import { hadoopProblems } from "./problems.ts";
import type { Properties, Property } from "./property.ts";

/** Each wins over those before it; what a mounted file declares final stays so. */
export function mergeProperties(presets: Named, mounted: Properties, wanted: Named, variables: Properties): Properties {
  const merged: Properties = new Map(named(presets));
  for (const [name, property] of [...mounted, ...named(wanted), ...variables]) {
    // Written last: HDFS keeps some properties by two names, and the later one counts.
    merged.delete(name);
    merged.set(name, { ...property, final: property.final || mounted.get(name)?.final === true });
  }
  return merged;
}

type Named = Readonly<Record<string, string>>;

function named(properties: Named): Properties {
  return new Map(Object.entries(properties).map(([name, value]) => [name, { value, final: false, where: [name] }]));
}

/** What XML cannot say of a property. */
export function checkSayable([name, { value, where }]: [string, Property], system: System): readonly Problem[] {
  const isBadValue = value instanceof Secret ? system.secretMatches(value, notXml) : notXml.test(value ?? "");
  const isBad = notXml.test(name) || isBadValue;
  const hint = "take it out, or give the value in another form";
  return isBad
    ? [hadoopProblems.problem("unsayable", where, "it holds a control character, which XML cannot say", hint)]
    : [];
}

/** core-site.xml or hdfs-site.xml, with secrets in place. */
export function siteFile(site: keyof typeof siteFiles, properties: Properties, confDir: string): PlannedFile {
  const escaped = [...properties].map(([name, { value, final }]) => ({
    name: escapeXml(name),
    value: value instanceof Secret ? value.map(escapeXml) : value === undefined ? undefined : escapeXml(value),
    isEmpty: value === "",
    final,
  }));
  const content = { kind: "text", text: renderTemplate("hadoop-site.xml", { properties: escaped }) } as const;
  return { path: join(confDir, siteFiles[site]), mode: 0o600, content };
}
