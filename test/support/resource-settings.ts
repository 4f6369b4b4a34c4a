import * as fc from "fast-check";

const amount = fc.oneof(
  { weight: 24, arbitrary: fc.integer({ min: -1, max: 9 }).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("9007199254740993", "9223372036854775807", "9223372036854775808", "1.5", ""),
  },
);

const resourceName = fc.oneof(
  fc.constantFrom("gpu", "fpga", "tpu", "my res", "a.b"),
  fc.stringMatching(/^[a-z]{1,6}$/),
);

/** The list as people write it, and as they should not. */
const resourceList = fc.oneof(
  { weight: 6, arbitrary: fc.array(resourceName, { maxLength: 40 }).map((names) => names.join(";")) },
  { weight: 4, arbitrary: fc.array(resourceName, { maxLength: 16 }).map((names) => `[${names.join(", ")}]`) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "none",
      "[]",
      `"gpu;fpga"`,
      `'gpu';fpga`,
      `"gpu`,
      `"gpu"x`,
      `gpu;;fpga;`,
      `;gpu`,
      ` gpu ; fpga `,
      `["gpu", fpga]`,
      "[gpu",
      `'it''s';gpu`,
      "gpu,fpga",
      "[1, true]",
      "- gpu\n- fpga",
      "{a: b}",
      " ",
      "none;gpu",
    ),
  },
);

/** Only the settings that are set. */
export function withoutUndefined(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

/** A list of resources, and an amount for most of them. */
export const resources = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: resourceList.chain((list) => {
      const names = [...new Set(list.split(/[;,[\]\s"']+/).filter((name) => name !== ""))];
      const amounts = fc.array(fc.option(amount, { freq: 6, nil: undefined }), {
        minLength: names.length,
        maxLength: names.length,
      });
      return amounts.map((values) => ({
        "external-resources": list,
        ...withoutUndefined(
          Object.fromEntries(names.map((name, index) => [`external-resource.${name}.amount`, values[index]])),
        ),
      }));
    }),
  },
);
