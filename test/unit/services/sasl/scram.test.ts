import { describe, expect, it } from "vitest";
import { plainMessage } from "../../../../src/services/kafka/probe/sasl-plain.ts";
import {
  readScramChallenge,
  scramFinal,
  scramFirstBare,
  scramHeader,
} from "../../../../src/services/kafka/probe/sasl-scram.ts";

describe("SCRAM", () => {
  const clientNonce = "rOprNGfwEbeRWgbNEkqO";
  const serverFirst = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

  it("says what RFC 7677, 3 says, with SHA-256", () => {
    const firstBare = scramFirstBare("user", clientNonce);
    expect(scramHeader + firstBare).toBe("n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
    const challenge = readScramChallenge(serverFirst, clientNonce);
    expect(scramFinal("sha256", "pencil", { firstBare, serverFirst }, challenge).toString()).toBe(
      "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
    );
  });

  it("escapes a user name", () => {
    expect(scramFirstBare("a=b,c", "x")).toBe("n=a=3Db=2Cc,r=x");
  });

  it.each(["", "e=other-error", "r=another,s=AA==,i=4096", `r=${clientNonce}1,s=AA==`])("refuses %j", (text) => {
    expect(() => readScramChallenge(text, clientNonce)).toThrow("cannot be read");
  });
});

it("PLAIN is two names and a password", () => {
  expect(plainMessage("flink", "pässword")).toEqual(Buffer.from("\0flink\0pässword"));
});
