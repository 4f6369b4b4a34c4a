import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { openSecret } from "../../src/secret.ts";
import { tlsInternal } from "../../src/features/tls-internal.ts";
import { writePkcs12 } from "../../src/formats/keystore/pkcs12.ts";
import { writePem } from "../../src/formats/x509/pem.ts";
import { materialise } from "../../src/shell/run-dir/materialise.ts";
import { type AnyCertificate, issueAny, type KeyKind, keyPair } from "../support/any-certificate.ts";
import { goldenDerive, goldenSeed } from "../support/case-system.ts";
import { jdks, orSkip } from "../support/jdks.ts";
import { planFeature, type PlannedFeature } from "../support/plan-feature.ts";
import { temporaryFolder } from "../../testkit/temporary-folder.ts";

const isFull = process.env["SLUICE_TEST_FULL"] === "1";
const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

type Shape = Omit<AnyCertificate, "subject" | "keys" | "issuer" | "serial"> & { readonly key: KeyKind };

/** Mostly right, so that most chains have one fault or none. */
function mostly<T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: fc.constantFrom(...others) });
}

const digest = mostly<Shape["digest"]>("sha256", "md5", "sha1");
const unknownExtension = mostly<Shape["unknownExtension"]>(undefined, "critical", "other");
const version = fc.oneof(
  { weight: 15, arbitrary: fc.constant(3 as const) },
  { weight: 1, arbitrary: fc.constant(1 as const) },
);
const noCa = { ca: false, pathLength: undefined };
const issuer = fc.record<Shape>({
  key: mostly<KeyKind>("prime256v1", "rsa2048", "rsa1024", "rsa768", "secp384r1", "secp521r1"),
  digest,
  version,
  basicConstraints: mostly<Shape["basicConstraints"]>(
    { ca: true, pathLength: undefined },
    undefined,
    noCa,
    { ca: true, pathLength: 0 },
    { ca: true, pathLength: 1 },
  ),
  keyUsage: mostly<Shape["keyUsage"]>(
    ["keyCertSign"],
    undefined,
    ["digitalSignature"],
    ["digitalSignature", "keyCertSign"],
  ),
  extendedKeyUsage: fc.constant(undefined),
  unknownExtension,
});
const leaf = fc.record<Shape>({
  key: mostly<KeyKind>(
    "prime256v1",
    "rsa2048",
    "rsa1024",
    "rsa768",
    "secp384r1",
    "secp521r1",
    "secp256k1",
    "brainpoolP256r1",
  ),
  digest,
  version,
  basicConstraints: mostly<Shape["basicConstraints"]>(noCa, undefined, { ca: true, pathLength: undefined }),
  keyUsage: mostly<Shape["keyUsage"]>(
    ["digitalSignature"],
    undefined,
    ["keyEncipherment"],
    ["keyCertSign"],
    ["digitalSignature", "keyEncipherment"],
  ),
  extendedKeyUsage: mostly<Shape["extendedKeyUsage"]>(
    ["serverAuth", "clientAuth"],
    undefined,
    ["serverAuth"],
    ["clientAuth"],
    ["any"],
    ["codeSigning"],
  ),
  unknownExtension,
});
const setup = fc.record({
  leaf,
  issuers: fc.array(issuer, { maxLength: 3 }),
  /** What the truststore has: the last issuer, one in the middle, the leaf itself, or another CA of the same name. */
  trust: mostly<"root" | "middle" | "leaf" | "foreign">("root", "middle", "leaf", "foreign"),
  order: mostly<"as issued" | "reversed" | "with root">("as issued", "reversed", "with root"),
});
const setups = fc.sample(setup, { seed: 11, numRuns: isFull ? 2500 : 120 });

interface Made {
  readonly planned: PlannedFeature;
  readonly what: unknown;
}

const pem = (der: Uint8Array) => writePem("CERTIFICATE", der);

/** Issues the chain from the root down, plans with it, and writes the stores: Sluice's, or what else Java would be given. */
function make(one: (typeof setups)[number], index: number): Made {
  const shapes = [one.leaf, ...one.issuers];
  const names = shapes.map((_, level) => ({
    subject: `level ${level} of ${index}`,
    keys: keyPair(shapes[level]?.key ?? "prime256v1", level),
  }));
  const issued = shapes.map((shape, level) => {
    const own = names[level];
    const above = names[level + 1] ?? own;
    if (own === undefined || above === undefined) throw new Error("a level is missing");
    return issueAny({ ...shape, ...own, issuer: above, serial: index * 10 + level + 1 });
  });
  const [own = Buffer.alloc(0), ...above] = issued;
  const root = issued.at(-1) ?? own;
  const foreignKeys = keyPair("prime256v1", 2);
  const last = names.at(-1);
  const foreign = () =>
    issueAny({
      ...one.leaf,
      basicConstraints: { ca: true, pathLength: undefined },
      keyUsage: undefined,
      extendedKeyUsage: undefined,
      unknownExtension: undefined,
      version: 3,
      subject: last?.subject ?? "",
      keys: foreignKeys,
      issuer: { subject: last?.subject ?? "", keys: foreignKeys },
      serial: 7,
    });
  const anchor = { root, middle: above[0] ?? own, leaf: own, foreign: foreign() }[one.trust];
  const below = above.length > 0 ? above.slice(0, -1) : [];
  const shown = one.order === "with root" ? issued : [own, ...below];
  const chain = one.order === "reversed" ? shown.toReversed() : shown;
  const key = names[0]?.keys.privateKey.export({ type: "pkcs8", format: "der" }) ?? Buffer.alloc(0);
  const files = {
    "/certs/internal/tls.crt": chain.map(pem).join(""),
    "/certs/internal/tls.key": writePem("PRIVATE KEY", key),
    "/certs/internal/ca.crt": pem(anchor),
  };
  const planned = planFeature(tlsInternal, { environment: { FLINK_SSL_INTERNAL_ENABLED: "true" }, files });
  const at = folder.at(`${index}`);
  mkdirSync(at);
  const written = planned.problems.length === 0 ? (planned.contribution.files ?? []) : [];
  for (const { path, content } of written)
    writeFileSync(
      join(at, path.split("/").at(-1) ?? ""),
      materialise(path, content, () => goldenSeed),
    );
  const password = written[0]?.content.kind === "keystore" ? written[0].content.password : undefined;
  writeFileSync(join(at, "password"), password === undefined ? "password" : openSecret(password, goldenDerive));
  if (written.length === 0) {
    const options = {
      password: "password",
      bytes: (_label: string, length: number) => Buffer.alloc(length, 1),
      iterations: 10,
    };
    const ordered = [own, ...chain.filter((each) => each !== own)];
    writeFileSync(
      join(at, "keystore.p12"),
      writePkcs12([{ kind: "key", alias: "flink", pkcs8: key, chain: ordered }], options),
    );
    writeFileSync(
      join(at, "truststore.p12"),
      writePkcs12([{ kind: "trusted", alias: "ca", certificate: anchor }], options),
    );
  }
  return { planned, what: one };
}

const made = setups.map(make);

async function handshakes(java: string): Promise<readonly string[]> {
  const input = made.map((_, index) => {
    const password = readFileSync(folder.at(`${index}`, "password"), "utf8");
    return [folder.at(`${index}`, "keystore.p12"), folder.at(`${index}`, "truststore.p12"), password].join("\t");
  });
  const { stdout } = await execa(java, ["-cp", folder.at("classes"), "Handshakes"], { input: `${input.join("\n")}\n` });
  return stdout.split("\n");
}

/** Refused though the handshake works: Java looks at no key size of a certificate that it trusts itself. */
const reasons: readonly RegExp[] = [/tls\/weak-key/];

const homes = await orSkip("the JDKs of handshakes", async () => {
  const source = join(import.meta.dirname, "../support/java/Handshakes.java");
  await execa("javac", ["--release", "11", "-d", folder.at("classes"), source]);
  return (await jdks()).filter(({ version: each }) => !each.startsWith("25"));
});

describe.runIf(homes !== undefined)("a mutual handshake with the rendered stores", () => {
  it.each(homes ?? [])(
    "works in Java $version exactly where Sluice accepts the certificates",
    async ({ home }) => {
      const said = await handshakes(join(home, "bin", "java"));
      const all = made.map(({ planned, what }, index) => ({ what, problems: planned.problemLines, said: said[index] }));
      const wrong = all.filter(({ problems, said: answer }) => {
        const isAccepted = problems.length === 0;
        const isListed = problems.some((line) => reasons.some((reason) => reason.test(line)));
        return isAccepted ? answer !== "ok" : answer === "ok" && !isListed;
      });
      expect(all.filter(({ problems }) => problems.length === 0).length).toBeGreaterThan(made.length / 10);
      expect(JSON.stringify(wrong.slice(0, 4), undefined, 1)).toBe("[]");
    },
    300_000,
  );
});
