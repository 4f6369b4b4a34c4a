/** The demo did not show what it promises. */
export class DemoFailed extends Error {
  readonly hint = "report it with all of the output above";
}
