import { join } from "node:path/posix";
import type { PlannedFile } from "../../core/plan/plan.ts";
import type { Escaped } from "../../formats/escaped.ts";
import { escapePropertyKey, escapePropertyValue } from "../../formats/java-properties.ts";
import { renderTemplate } from "../../templates/render.ts";
import type { ClientSetting } from "./client-setting.ts";

/** kafka-client.properties for jobs and tools, and kafka-table.sql with the same as the options of a table. */
export function clientFiles(settings: readonly ClientSetting[], dir: string): readonly [PlannedFile, PlannedFile] {
  const properties = settings.map(({ key, value }) => ({
    key: escapePropertyKey(key),
    value: typeof value === "string" ? escapePropertyValue(value) : value.map(escapePropertyValue),
  }));
  const lines = (some: readonly ClientSetting[]) =>
    some.flatMap(({ key, sql }) =>
      sql === undefined ? [] : [{ key: sqlLiteral(`properties.${key}`), value: sqlLiteral(sql) }],
    );
  const options = lines(settings.filter(({ value }) => typeof value === "string"));
  const secrets = lines(settings.filter(({ value }) => typeof value !== "string"));
  return [
    textFile(
      join(dir, "kafka-client.properties"),
      0o600,
      renderTemplate("client.properties", { prefix: "KAFKA", properties }),
    ),
    textFile(join(dir, "kafka-table.sql"), 0o600, renderTemplate("kafka-table.sql", { options, secrets })),
  ];
}

function textFile(path: string, mode: number, text: ReturnType<typeof renderTemplate>): PlannedFile {
  return { path, mode, content: { kind: "text", text }, forJobs: true };
}

/** Without control characters: a line end would end the comment that a secret's line is. */
function sqlLiteral(value: string): Escaped<"sql"> {
  return `'${value.replaceAll("'", "''").replaceAll(/\p{Cc}+/gu, " ")}'` as Escaped<"sql">;
}
