import { expect, it } from "vitest";
import { javaMajorVersion, javaReleaseFile } from "../../../src/flink/java-release.ts";

it.each([
  { text: `IMPLEMENTOR="Debian"\nJAVA_VERSION="17.0.15"\nJAVA_VERSION_DATE="2025"`, major: 17 },
  { text: `JAVA_VERSION="1.8.0_292"`, major: 8 },
  { text: `JAVA_VERSION="25"`, major: 25 },
  { text: `JAVA_RUNTIME_VERSION="21.0.8+9"`, major: undefined },
])("reads $major from the JDK's release file", ({ text, major }) => {
  expect(javaMajorVersion(text)).toBe(major);
});

it("is in the JDK's folder", () => {
  expect(javaReleaseFile("/opt/java")).toBe("/opt/java/release");
});
