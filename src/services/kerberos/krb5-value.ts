import type { Krb5Relation, Krb5Section } from "../../formats/kerberos/krb5-conf.ts";

/** The first value of a relation, as MIT and Java take it. */
export function krb5ValueOf(
  sections: readonly Krb5Section[],
  ...path: readonly [string, ...string[]]
): string | undefined {
  const [section, ...names] = path;
  const found = names.reduce<readonly Krb5Relation[]>(
    (relations, name) =>
      relations.flatMap((each) => {
        if (each.name !== name) return [];
        return typeof each.value === "string" ? [each] : each.value;
      }),
    sections.filter(({ name }) => name === section).flatMap(({ relations }) => relations),
  );
  const value = found.find(({ name }) => name === names.at(-1))?.value;
  return typeof value === "string" ? value : undefined;
}
