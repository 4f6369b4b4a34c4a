// npm run docs: writes the documents that are made from the code.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { referenceDocs } from "./reference-docs.ts";

for (const [path, text] of referenceDocs()) writeFileSync(join(import.meta.dirname, "..", path), text);
