import { type Described, referenceText } from "../core/settings/reference.ts";
import { targetDeclaration } from "../core/plan/target.ts";
import { features } from "../features/index.ts";

/** Everything that declares variables. */
export const declarations: readonly Described[] = [targetDeclaration, ...features];

/** What `sluice env` prints. */
export function environmentReference(): string {
  return referenceText(declarations);
}
