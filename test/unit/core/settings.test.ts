import { describe, expect, it } from "vitest";
import { openSecret, Secret } from "../../../src/secret.ts";
import type { Declaration } from "../../../src/core/settings/declaration.ts";
import { parseSettings } from "../../../src/core/settings/settings.ts";
import {
  choice,
  count,
  document,
  flag,
  list,
  optionalFlag,
  path,
  secret,
  text,
} from "../../../src/core/settings/variables.ts";
import { fakeSystem } from "../../support/fake-system.ts";

const desc = "what it does";
const declaration = {
  env: {
    ENABLED: flag({ desc }),
    PIN: optionalFlag({ desc, defaultText: "it depends" }),
    ADDRESS: text({ desc, expects: "a host name" }),
    FOLDER: path({ desc }),
    LEVEL: choice(["info", "error"], { desc, default: "info" }),
    SLOTS: count({ desc }),
    NAMES: list({ desc }),
    PASSWORD: secret({ desc }),
    TEXT: document({ desc }),
  },
  envPatterns: [{ name: "<SERVICE>_SSL_ENABLED", desc, expects: "true or false", example: "KAFKA_SSL_ENABLED" }],
  alsoKnown: ["FLINK_SSL_KNOWN"],
} as const satisfies Declaration;

function parse(
  environment: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string | Uint8Array>> = {},
) {
  const settings = parseSettings([declaration], environment, fakeSystem(files));
  return { ...settings, values: settings.of(declaration) };
}

describe("parseSettings", () => {
  it("has defaults for an empty environment, and nothing to say", () => {
    const { values, problems, notices, unset } = parse({});
    expect(values).toEqual({
      ENABLED: false,
      PIN: undefined,
      ADDRESS: undefined,
      FOLDER: undefined,
      LEVEL: "info",
      SLOTS: undefined,
      NAMES: [],
      PASSWORD: undefined,
      TEXT: undefined,
      families: { "<SERVICE>_SSL_ENABLED": {} },
    });
    expect({ problems, notices, unset }).toEqual({ problems: [], notices: [], unset: [] });
  });

  it("takes an empty variable for one that is not set, as a Kubernetes manifest may have it", () => {
    const { values, problems, unset } = parse({ ENABLED: "", LEVEL: "", PASSWORD: "", SLOTS: "", PASSWORD_FILE: "" });
    expect(values).toMatchObject({ ENABLED: false, LEVEL: "info", SLOTS: undefined, PASSWORD: undefined });
    expect({ problems, unset }).toEqual({ problems: [], unset: [] });
  });

  it.each([
    ["ENABLED", "true", true],
    ["ENABLED", "0", false],
    ["PIN", "no", false],
    ["FOLDER", "/certs//", "/certs"],
    ["FOLDER", "/", "/"],
    ["LEVEL", "error", "error"],
    ["SLOTS", "4", 4],
    ["NAMES", "a;b, c\nd,,", ["a", "b", "c", "d"]],
  ])("reads %s=%j", (name, value, expected) => {
    const { values, problems } = parse({ [name]: value });
    expect(problems).toEqual([]);
    expect(values).toMatchObject({ [name]: expected });
  });

  it.each([
    ["ENABLED", "ja", '"ja" is not true or false'],
    ["FOLDER", "certs", '"certs" is not an absolute path'],
    ["LEVEL", "warn", '"warn" is not info or error'],
    ["SLOTS", "0", '"0" is not a whole number above 0'],
    ["SLOTS", "1e3", '"1e3" is not a whole number above 0'],
    ["SLOTS", " 4", '" 4" is not a whole number above 0'],
  ])("refuses %s=%j", (name, value, message) => {
    expect(parse({ [name]: value }).problems).toMatchObject([
      { code: "settings/bad-value", where: [name], text: message, hint: expect.stringContaining("or unset it") },
    ]);
  });

  it("has the default in place of a wrong value", () => {
    expect(parse({ ENABLED: "ja", LEVEL: "warn", SLOTS: "0", NAMES: "a" }).values).toMatchObject({
      ENABLED: false,
      LEVEL: "info",
      SLOTS: undefined,
      NAMES: ["a"],
    });
  });

  it("says everything that is wrong at once", () => {
    expect(parse({ ENABLED: "ja", SLOTS: "x", PASSWORD_FILE: "/none" }).problems).toHaveLength(3);
  });

  it("shows the beginning of a long value", () => {
    const [problem] = parse({ SLOTS: "9".repeat(100_000) }).problems;
    expect(problem?.text).toMatch(/^"9{60}…" is not/);
  });

  describe("secrets", () => {
    it("keeps the value behind a mask, and out of the child's environment", () => {
      const { values, unset, problems } = parse({ PASSWORD: "open sesame" });
      expect(problems).toEqual([]);
      expect(String(values.PASSWORD)).toBe("<secret from PASSWORD>");
      expect(values.PASSWORD && openSecret(values.PASSWORD)).toBe("open sesame");
      expect(unset).toEqual(["PASSWORD"]);
    });

    it.each(["\n", "\r\n"])("takes one line end off a value or a file, and says so: %j", (end) => {
      const fromVariable = parse({ PASSWORD: `x${end}` });
      const fromFile = parse({ PASSWORD_FILE: "/secret" }, { "/secret": `x\n${end}` });
      expect(fromVariable.values.PASSWORD && openSecret(fromVariable.values.PASSWORD)).toBe("x");
      expect(fromFile.values.PASSWORD && openSecret(fromFile.values.PASSWORD)).toBe("x\n");
      expect(fromVariable.notices).toMatchObject([{ level: "warning", where: ["PASSWORD"] }]);
      expect(fromFile.notices).toMatchObject([{ level: "warning", where: ["PASSWORD_FILE", "/secret"] }]);
    });

    it.each([
      [{ PASSWORD: "x", PASSWORD_FILE: "/secret" }, "settings/both-given"],
      [{ PASSWORD_FILE: "/missing" }, "settings/bad-file"],
      [{ PASSWORD_FILE: "/empty" }, "settings/empty-secret"],
      [{ PASSWORD: "\n" }, "settings/empty-secret"],
      [{ TEXT: "x", TEXT_FILE: "/missing" }, "settings/bad-file"],
      [{ TEXT_FILE: "/missing" }, "settings/bad-file"],
      [{ TEXT_FILE: "/binary" }, "settings/not-text"],
      [{ TEXT_FILE: "/nul" }, "settings/not-text"],
      [{ TEXT: "caf\uFFFD" }, "settings/not-text"],
      [{ TEXT_FILE: "/large" }, "settings/too-large"],
    ])("refuses %j", (environment, code) => {
      const files = {
        "/secret": "x",
        "/empty": "\n",
        "/binary": Uint8Array.of(0x63, 0xff),
        "/nul": "a\0b",
        "/large": "x".repeat(1_048_577),
      };
      expect(parse(environment, files).problems).toMatchObject([{ code }]);
    });

    it("reads a text from a variable or a file, and knows where it stood", () => {
      expect(parse({ TEXT: "a: 1" }).values.TEXT).toEqual({ text: "a: 1", where: ["TEXT"], hidden: false });
      const { values, unset } = parse({ TEXT_FILE: "/text" }, { "/text": "a: 1" });
      const file = { text: "a: 1", where: ["TEXT_FILE", "/text"], hidden: true };
      expect(values.TEXT).toEqual(file);
      expect(unset).toEqual([]);
      const both = parse({ TEXT: "b: 2", TEXT_FILE: "/text" }, { "/text": "a: 1" }).values.TEXT;
      expect(both).toEqual({ text: "b: 2", where: ["TEXT"], hidden: false, base: file });
    });
  });

  describe("variable", () => {
    it("takes a secret out of the file that NAME_FILE names", () => {
      const value = parse({ DB_USER_FILE: "/user" }, { "/user": "flink\n" }).variable("DB_USER");
      expect(value instanceof Secret && openSecret(value)).toBe("flink");
    });

    it.each(["redis://:open@redis", "postgres://flink:open@db/x"])("masks %s, which holds a password", (url) => {
      expect(parse({ STORE_URL: url }).variable("STORE_URL")).toBeInstanceOf(Secret);
    });

    it.each(["https://host/path", "s3://bucket@x", "http://host:80/a@b"])("shows %s", (url) => {
      expect(parse({ STORE_URL: url }).variable("STORE_URL")).toBe(url);
    });

    it.each([
      ..."PASSWORD TEXT AWS_SECRET_ACCESS_KEY DB_PASSWD GITHUB_TOKEN STORE_APIKEY DB_PASS MYSQL_PWD GITHUB_PAT".split(
        " ",
      ),
      ..."PASSPHRASE CONNECTION_STRING S3_KEY AZURE_SAS".split(" "),
    ])("masks %s", (name) => {
      const value = parse({ [name]: "open sesame" }).variable(name);
      expect(value).toBeInstanceOf(Secret);
    });

    it("shows the others, and takes empty for unset", () => {
      const { variable } = parse({ HOST: "flink", EMPTY: "" });
      expect([variable("HOST"), variable("EMPTY"), variable("NONE")]).toEqual(["flink", undefined, undefined]);
    });
  });

  describe("families", () => {
    it("collects the members by their placeholder", () => {
      const { values } = parse({ KAFKA_SSL_ENABLED: "true", SCHEMA_REGISTRY_SSL_ENABLED: "1", X_SSL: "no" });
      expect(values.families).toEqual({ "<SERVICE>_SSL_ENABLED": { KAFKA: "true", SCHEMA_REGISTRY: "1" } });
    });
  });

  describe("unknown names", () => {
    it.each([
      ["SLOT", "did you mean SLOTS?"],
      ["slots", "did you mean SLOTS?"],
      ["PASSWORD_FIL", "did you mean PASSWORD_FILE?"],
      ["SLUICE_COLOUR", "run sluice env for the reference"],
      ["FLINK_SSL_ENABLED", "run sluice env for the reference"],
      ["FLINK_SSL_COLOUR", "run sluice env for the reference"],
    ])("warns of %s", (name, hint) => {
      const { notices, problems } = parse({ [name]: "x" });
      expect(notices.filter(({ where }) => where[0] === name)).toMatchObject([{ level: "warning", hint }]);
      expect(problems).toEqual([]);
    });

    it.each([
      "PATH",
      "HOME",
      "FLINK_SSL_KNOWN",
      "SLUICE_SERVICE_HOST",
      "SLUICE_SERVICE_PORT_HTTPS",
      "SLUICE_PORT",
      "SLUICE_PORT_9092_TCP_ADDR",
      "__proto__",
      "constructor",
    ])("says nothing of %s", (name) => {
      expect(parse(Object.fromEntries([[name, "x"]])).notices).toEqual([]);
    });
  });
});
