import { dirname, join, relative, sep } from "node:path";
import { forbidden } from "./layers.ts";

/** The parts of syntax trees (ESTree) that are looked at. */
interface NewExpression {
  readonly callee: { readonly type: string; readonly name?: string };
  readonly arguments: readonly unknown[];
}

interface Importing {
  readonly source?: { readonly value?: unknown } | null;
}

interface Context {
  readonly filename: string;
  readonly cwd: string;
  report(finding: { readonly node: object; readonly message: string }): void;
}

/** Forbids `new Date()`, which is the current time; `new Date(value)` is not. */
const noCurrentDate = {
  meta: { type: "problem" },
  create: (context: Context) => ({
    NewExpression(node: NewExpression) {
      if (node.callee.type !== "Identifier" || node.callee.name !== "Date" || node.arguments.length > 0) return;
      context.report({ node, message: "the clock is src/shell's: use System.now" });
    },
  }),
};

/** Allows imports between the layers of src only as scripts/layers.ts does. */
const layersOnly = {
  meta: { type: "problem" },
  create: (context: Context) => {
    const root = join(context.cwd, "src");
    const check = (node: Importing) => {
      const source = node.source?.value;
      if (typeof source !== "string" || !source.startsWith(".")) return;
      const from = relative(root, context.filename);
      const to = relative(root, join(dirname(context.filename), source));
      if (from.startsWith("..") || to.startsWith("..")) return;
      const message = forbidden(from.replaceAll(sep, "/"), to.replaceAll(sep, "/"));
      if (message !== undefined) context.report({ node, message });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

/** Rules that oxlint does not have. */
export default { meta: { name: "sluice" }, rules: { "no-current-date": noCurrentDate, layers: layersOnly } };
