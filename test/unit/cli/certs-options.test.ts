import { describe, expect, it } from "vitest";
import { UsageError } from "../../../src/cli/arguments.ts";
import { parseCertsOptions } from "../../../src/cli/certs-options.ts";

describe("parseCertsOptions", () => {
  const defaults = { out: "certs", commonName: "flink.internal", dns: [], ip: [], key: "rsa", days: 365 };

  it.each([
    [[], {}],
    [["--key", "ec"], { key: "ec" }],
    [["--name", "flink"], { commonName: "flink" }],
    [["--days", "36500"], { days: 36_500 }],
    [["--san", "a.example,127.0.0.1", "--san", "::1"], { dns: ["a.example"], ip: ["127.0.0.1", "::1"] }],
    [["--san", ""], {}],
  ])("reads %j", (args, options) => {
    expect(parseCertsOptions(["--out", "certs", ...args])).toEqual({ ...defaults, ...options });
  });

  it.each([
    [[], "certs needs --out DIR"],
    [["--out", "x", "--key", "dsa"], "--key dsa is neither rsa nor ec"],
    [["--out", "x", "--days", "0"], "--days 0 is not a number of days from 1 to 36500"],
    [["--out", "x", "--days", "1.5"], "--days 1.5 is not a number of days from 1 to 36500"],
    [["--out", "x", "--days", "soon"], "--days soon is not a number of days from 1 to 36500"],
    [["--out", "x", "--colour"], /Unknown option '--colour'/],
    [["--out", "x", "extra"], /Unexpected argument 'extra'/],
  ])("refuses %j", (args, message) => {
    expect(() => parseCertsOptions(args)).toThrow(UsageError);
    expect(() => parseCertsOptions(args)).toThrow(message);
  });
});
