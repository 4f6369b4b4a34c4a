import { expect, it } from "vitest";
import { addressText, readAddress } from "../../../src/core/system/network.ts";

it.each([
  ["kdc.corp", 88, "kdc.corp:88"],
  ["kdc.corp:750", 88, "kdc.corp:750"],
  ["[::1]", 88, "[::1]:88"],
  ["[fe80::1]:9092", undefined, "[fe80::1]:9092"],
  ["kafka", undefined, undefined],
  ["kafka:0", undefined, undefined],
  ["kafka:65536", undefined, undefined],
  ["a b:1", undefined, undefined],
  ["", 88, undefined],
])("reads %j", (text, port, expected) => {
  const address = readAddress(text, port);
  expect(address && addressText(address)).toBe(expected);
});
