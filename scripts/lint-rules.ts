/** The part of a syntax tree's NewExpression (ESTree) that is looked at. */
interface NewExpression {
  readonly callee: { readonly type: string; readonly name?: string };
  readonly arguments: readonly unknown[];
}

interface Context {
  report(finding: { readonly node: NewExpression; readonly message: string }): void;
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

/** Rules that oxlint does not have. */
export default { meta: { name: "sluice" }, rules: { "no-current-date": noCurrentDate } };
