import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "vitest";
import { planJson } from "../../../src/core/plan/plan-json.ts";
import type { Law } from "./law.ts";

const file = join(import.meta.dirname, "../../../docs/plan.schema.json");
const schema: unknown = JSON.parse(readFileSync(file, "utf8"));
const validate = new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(schema as object);

export const validJson: Law = {
  name: "plan --output json follows docs/plan.schema.json",
  check({ planned }) {
    validate(JSON.parse(planJson(planned)));
    expect(validate.errors ?? [], this.name).toEqual([]);
  },
};
