import { describe, expect, it } from "vitest";
import { askUntil, eventually, GaveUp, waitUntil } from "../../../testkit/eventually.ts";

/** Answers with each value once, then with the last one. */
function answers<T>(...values: readonly [T, ...T[]]): () => Promise<T> {
  let asked = 0;
  return async () => values[Math.min(asked++, values.length - 1)] ?? values[0];
}

describe("askUntil", () => {
  it("returns the first right answer", async () => {
    expect(await askUntil(answers(1, 2, 3), (answer) => answer === 2, 60, 0)).toBe(2);
  });

  it("returns the last answer when the time is over", async () => {
    expect(await askUntil(answers("starting"), () => false, 0, 0)).toBe("starting");
  });
});

describe("eventually", () => {
  const failing = (...errors: readonly Error[]) => {
    const ask = answers<Error | string>(...(errors as [Error, ...Error[]]), "done");
    return async () => {
      const answer = await ask();
      if (answer instanceof Error) throw answer;
      return answer;
    };
  };

  it("asks again until nothing is thrown", async () => {
    expect(await eventually(failing(new Error("one"), new Error("two")), 60, 0)).toBe("done");
  });

  it("throws the last error when the time is over", async () => {
    await expect(eventually(failing(new Error("not ready")), 0, 0)).rejects.toThrow("not ready");
  });

  it("stops asking when it cannot help", async () => {
    await expect(eventually(failing(new GaveUp("it ended")), 60, 0)).rejects.toThrow("it ended");
  });
});

describe("waitUntil", () => {
  it("takes an error as not yet", async () => {
    const ask = answers(false, true);
    const holds = async () => {
      if (await ask()) return true;
      throw new Error("refused");
    };
    await expect(waitUntil("it answers", holds, { pauseMs: 0 })).resolves.toBeUndefined();
  });

  it("names what it waited for, the last error and the details", async () => {
    const refused = async () => Promise.any([Promise.reject(new Error("port 1")), Promise.reject(new Error("port 2"))]);
    const waiting = waitUntil("REST answers", refused, { seconds: 0, pauseMs: 0, details: () => "the log" });
    await expect(waiting).rejects.toThrow("REST answers: not in 0 s: Error: port 1; Error: port 2\nthe log");
  });

  it("names why waiting cannot help", async () => {
    const ended = async () => Promise.reject(new GaveUp("the process ended"));
    await expect(waitUntil("REST answers", ended)).rejects.toThrow("REST answers: the process ended\n");
  });
});
