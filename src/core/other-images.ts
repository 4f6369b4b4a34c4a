const words: Readonly<Record<string, string>> = {
  FLINK_MODE: "give it as the container's command",
  FLINK_TASK_MANAGER_NUMBER_OF_TASK_SLOTS: "set TASK_MANAGER_NUMBER_OF_TASK_SLOTS",
};

/** What to do instead of a variable that another image of Flink reads, Bitnami's. Undefined for every other name. */
export function instead(name: string, value: string): string | undefined {
  if (Object.hasOwn(words, name)) return words[name];
  const [, key] = /^FLINK_CFG_([A-Z0-9_]+)$/.exec(name) ?? [];
  // A Service that is called flink-cfg would bring the same names with an address.
  if (key === undefined || /_SERVICE_(HOST|PORT)/.test(name) || value.startsWith("tcp://")) return undefined;
  const path = key.toLowerCase().replaceAll("__", "-").replaceAll("_", ".");
  return `set ${path} in FLINK_PROPERTIES, spelt as Flink spells it`;
}
