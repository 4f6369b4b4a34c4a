import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { planJson } from "../../src/core/plan/plan-json.ts";
import { goldenCases } from "../support/golden-case.ts";
import { runCase } from "../support/run-case.ts";

const schema: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "../../docs/plan.schema.json"), "utf8"));
const validate = new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(schema as object);

describe("plan --output json follows docs/plan.schema.json", () => {
  it.each(goldenCases())("$name", (golden) => {
    using run = runCase(golden);
    validate(JSON.parse(planJson(run.planned)));
    expect(validate.errors ?? []).toEqual([]);
  });
});
