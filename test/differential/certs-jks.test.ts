import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readKeystore } from "../../src/formats/keystore/keystore.ts";
import { certificateFiles } from "../../src/shell/certificates/certificate-files.ts";
import { makeCertificate } from "../../src/shell/certificates/generate-certificate.ts";
import { jdks, orSkip } from "../support/jdks.ts";
import { type Answer, askJdk, compileChecker, listed, listingOf } from "../support/key-store-checker.ts";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";

const folder = temporaryFolder();
const classes = await orSkip("the JDK's KeyStore", () => compileChecker(folder.path));
const available = classes === undefined ? [] : await jdks();

const names = ["keystore.jks", "truststore.jks"] as const;
const request = { commonName: "flink", dns: [], ip: [], key: "ec", days: 30 } as const;
const files = certificateFiles(makeCertificate(request, new Date()), "jks");
const password = Buffer.from(files.get("password") ?? []).toString();

beforeAll(() => {
  for (const name of names) writeFileSync(folder.at(name), files.get(name) ?? "", { mode: 0o600 });
});

afterAll(() => {
  folder[Symbol.dispose]();
});

describe.for(available)("JDK $version", (jdk) => {
  const answers = new Map<string, Answer | undefined>();
  beforeAll(async () => {
    const all = await askJdk(
      jdk,
      folder.path,
      names.map((name) => ["list", "JKS", folder.at(name), password]),
    );
    for (const [index, name] of names.entries()) answers.set(name, all[index]);
  });

  it.for(names)(
    'opens %s of "certs --store jks" by KeyStore.getInstance("JKS"), as the Flink Operator does',
    (name) => {
      const { format, entries } = readKeystore(files.get(name) ?? Buffer.of(), password);
      expect(format).toBe("pkcs12");
      expect(entries).toMatchObject([{ kind: name === "keystore.jks" ? "key" : "trusted", alias: "flink" }]);
      expect(listed(answers.get(name)).entries).toEqual(listingOf(entries));
    },
  );
});
