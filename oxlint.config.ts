import { defineConfig, type OxlintOverride } from "oxlint";

const pure = "this layer is pure: only src/shell touches the world";
const randomness = "randomness is src/shell's: pass the bytes in";
const secrecy = "only src/shell opens a secret: map it, or leave it in place";
const openSecret = { group: ["**/secret.ts"], importNames: ["openSecret"], message: secrecy };

/** What node:crypto makes anew each time. */
const random = {
  name: "node:crypto",
  importNames: [
    ..."randomBytes randomFill randomFillSync randomInt randomUUID randomUUIDv7 getRandomValues webcrypto".split(" "),
    ..."generateKey generateKeySync generateKeyPair generateKeyPairSync generatePrime generatePrimeSync".split(" "),
    "default",
  ],
  message: randomness,
};

const modulesOfTheWorld = [
  ..."child_process cluster console dgram dns fs http http2 https inspector module net os perf_hooks".split(" "),
  ..."readline repl sqlite stream test timers tls tty v8 vm wasi worker_threads".split(" "),
];

/** An import reads every property of a built-in module, and theirs open stdout or stderr. */
const streamOpening = {
  regex: "^node:(process|util)$",
  message: "importing it leaves an output non-blocking for the JVM: use process, or process.getBuiltinModule",
};
const world = { regex: `^node:(${modulesOfTheWorld.join("|")})(/|$)`, message: pure };

/** Forbids the files of a pure layer to import the world or an open secret. */
function pureLayer(files: string): OxlintOverride {
  return {
    files: [files],
    rules: {
      "eslint/no-restricted-imports": ["error", { paths: [random], patterns: [world, streamOpening, openSecret] }],
    },
  };
}

export default defineConfig({
  plugins: ["typescript", "unicorn", "oxc", "import", "node", "promise", "vitest"],
  jsPlugins: ["./scripts/lint-rules.ts"],
  categories: { correctness: "error", suspicious: "error" },
  rules: {
    "eslint/eqeqeq": "error",
    "eslint/max-lines": ["error", 250],
    "eslint/no-console": "error",
    "import/no-cycle": "error",
    "import/no-default-export": "error",
    "typescript/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
    "typescript/no-explicit-any": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/switch-exhaustiveness-check": "error",
    "unicorn/prefer-node-protocol": "error",
    // The second one is what to show when it fails.
    "vitest/valid-expect": ["error", { maxArgs: 2 }],
    // The compiler knows an exhaustive switch; this rule does not.
    "typescript/consistent-return": "off",
    // What JSON.parse gives has to be given a type somewhere.
    "typescript/no-unsafe-type-assertion": "off",
    // A function reads best next to its only use.
    "unicorn/consistent-function-scoping": "off",
    // It takes a method call for no change.
    "eslint/no-unmodified-loop-condition": "off",
  },
  ignorePatterns: ["src/templates/compiled.js"],
  overrides: [
    {
      files: ["src/{core,features,flink,formats,health,keytabs,preflight,services,templates,tls}/**"],
      rules: {
        "eslint/no-restricted-globals": [
          "error",
          ...["process", "performance", "fetch", "setTimeout", "setInterval", "setImmediate"].map((name) => ({
            name,
            message: pure,
          })),
          { name: "crypto", message: randomness },
        ],
        "eslint/no-restricted-properties": [
          "error",
          { object: "Date", property: "now", message: "the clock is src/shell's: use System.now" },
          { object: "Math", property: "random", message: randomness },
          { object: "Secret", property: "open", message: secrecy },
        ],
        "sluice/no-current-date": "error",
      },
    },
    { files: ["src/secret.ts"], rules: { "eslint/no-restricted-properties": "off" } },
    { files: ["src/**"], rules: { "eslint/no-restricted-imports": ["error", { patterns: [streamOpening] }] } },
    { files: ["src/**"], rules: { "sluice/layers": "error" } },
    pureLayer("src/{core,features,flink,formats,health,keytabs,preflight,services,templates,tls}/**"),
    {
      files: ["src/cli/**", "src/cli.ts", "src/main.ts"],
      rules: {
        "eslint/no-restricted-imports": [
          "error",
          {
            patterns: [streamOpening, { regex: "^node:(fs|child_process|os)(/|$)", message: pure }, openSecret],
          },
        ],
      },
    },
    { files: ["*.config.ts", "scripts/lint-rules.ts"], rules: { "import/no-default-export": "off" } },
  ],
});
