// Handlebars declares no types for its runtime.
declare module "handlebars/runtime.js" {
  const runtime: { readonly template: (specification: object) => (view: object) => string };
  export default runtime;
}
