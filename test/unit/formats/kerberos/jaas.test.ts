import { expect, it } from "vitest";
import { writeJaasEntry } from "../../../../src/formats/kerberos/jaas.ts";

it("puts every value in quotes, and escapes what would end them", () => {
  const options = { useKeyTab: "true", username: 'a"b', password: "c\\d;\n" };
  expect(writeJaasEntry({ module: "x.Y", options })).toBe(
    String.raw`x.Y required useKeyTab="true" username="a\"b" password="c\\d;\n";`,
  );
});
