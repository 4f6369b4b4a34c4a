import { describe, expect, it } from "vitest";
import { jaasProblem } from "../../../../src/formats/kerberos/read-jaas.ts";

// What Kafka says of thousands of them: test/differential/kafka-clients.test.ts.
describe("jaasProblem", () => {
  it.each(['x.Module required username="u" password="a\\"b;";', "x.Module REQUIRED a=b; // ours"])(
    "takes %s",
    (text) => {
      expect(jaasProblem(text)).toBeUndefined();
    },
  );

  it.each([
    ["", "it has no login module"],
    ["x.Module", "nothing follows the login module"],
    [
      'x.Module username="planted";',
      "the word after the login module is not required, requisite, sufficient or optional",
    ],
    ['x.Module required username="u" password="planted"', "it does not end in ;"],
    [
      "x.Module required password=/run/planted;",
      'an option is not written as name="value"; only letters, - and _ stand without quotes',
    ],
    ["x.Module required; y.Module required;", "it has 2 login modules, and Kafka takes one"],
    ["12 required;", "it does not begin with the class of a login module"],
  ])("says of %s: %s", (text, problem) => {
    expect(jaasProblem(text)).toBe(problem);
  });
});
