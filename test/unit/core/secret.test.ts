import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { derivedPassword, joinText, maskText, openSecret, Secret } from "../../../src/secret.ts";

describe("Secret", () => {
  const secret = new Secret("PASSWORD", () => "open sesame");

  it.each([
    ["a template", () => `a: ${String(secret)}`],
    ["JSON", () => JSON.stringify({ secret })],
    ["inspect", () => inspect({ deep: { secret } }, { depth: null, showHidden: true })],
    ["its properties", () => JSON.stringify(Object.entries(secret))],
    ["a text", () => maskText(["a: ", secret, "\n"])],
  ])("shows where it comes from, not what it is, in %s", (_what, show) => {
    expect(show()).toContain("PASSWORD");
    expect(show()).not.toContain("sesame");
  });

  it("opens, and what is made from it opens to what was made", () => {
    expect(openSecret(secret)).toBe("open sesame");
    const changed = secret.map((value) => value.toUpperCase());
    expect(openSecret(changed)).toBe("OPEN SESAME");
    expect(changed.origin).toBe("PASSWORD");
  });

  it("holds the label of a derived password, which opens only with what derives it", () => {
    const joined = joinText(["-D", derivedPassword("tls").map((value) => `p=${value}`)]);
    expect(String(joined)).toBe("<secret from the run dir's seed>");
    expect(joined instanceof Secret && openSecret(joined, (label) => `derived for ${label}`)).toBe(
      "-Dp=derived for tls",
    );
    expect(() => openSecret(derivedPassword("tls"))).toThrow("the password tls is derived when the plan is applied");
  });

  it("is not read before it is opened", () => {
    const unread = new Secret("x", () => {
      throw new Error("read");
    });
    expect(String(unread.map((value) => value))).toBe("<secret from x>");
    expect(() => openSecret(unread)).toThrow("read");
  });
});
