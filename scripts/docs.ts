// npm run docs: writes the documents, and the compiled templates, that are made from the sources.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { compiledTemplates, compileTemplates } from "./compile-templates.ts";

const write = (path: string, text: string) => writeFileSync(join(import.meta.dirname, "..", path), text);

write(compiledTemplates, compileTemplates());
// Imported only now: the documents are made from code that renders with what was just written.
const { referenceDocs } = await import("./reference-docs.ts");
for (const [path, text] of referenceDocs()) write(path, text);
