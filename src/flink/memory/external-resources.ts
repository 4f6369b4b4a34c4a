import { parse } from "yaml";
import { hashMapOrder, hashSetOrder } from "./java-hash-order.ts";
import { timesPowerOfTen } from "./java-double.ts";
import { MemorySettingError } from "./memory-setting-error.ts";
import { contains, readLong, type FlinkConf } from "./read-option.ts";
import { splitEscaped } from "./split-escaped.ts";

/** What `external-resources` is when there are none (`ExternalResourceOptions.NONE`). */
export const noResources = "none";

export const externalResourceList = "external-resources";

/**
 * The external resources of a TaskManager with their amounts, in Flink's order; those without a positive amount are left out
 * (`ExternalResourceUtils.getExternalResourcesCollection`).
 */
export function externalResources(conf: FlinkConf, standardYaml: boolean): readonly (readonly [string, bigint])[] {
  const amounts = new Map<string, bigint>();
  for (const name of hashSetOrder(resourceNames(conf, standardYaml))) {
    const option = { key: amountKey(name) };
    if (!contains(conf, option)) continue;
    const amount = readLong(conf, option);
    if (amount > 0n) amounts.set(name, throughDouble(amount));
  }
  return hashMapOrder(hashMapOrder([...amounts]));
}

/** `ExternalResourceOptions.getAmountConfigOptionForResource`. */
export function amountKey(name: string): string {
  return `external-resource.${name}.amount`;
}

function resourceNames(conf: FlinkConf, standardYaml: boolean): readonly string[] {
  const list = conf.get(externalResourceList);
  if (list === undefined || list === noResources) return [];
  const names = (standardYaml ? yamlList(list) : undefined) ?? splitEscaped(list, ";");
  if (names !== undefined) return names;
  throw new MemorySettingError(
    [externalResourceList],
    `${JSON.stringify(list)} has quotes that are not closed, or text beside them`,
    `write the names separated by ";", without quotes`,
  );
}

/** The items of a YAML list; undefined when the text is something else. */
function yamlList(text: string): readonly string[] | undefined {
  try {
    const value: unknown = parse(text, { version: "1.2", schema: "core" });
    return Array.isArray(value) ? value.map(String) : undefined;
  } catch {
    return undefined;
  }
}

/** Flink holds an amount as a `Resource`, which is made from a `double`. */
function throughDouble(amount: bigint): bigint {
  return BigInt.asIntN(64, timesPowerOfTen(Number(amount), 0));
}
