import { describe, expect, it } from "vitest";
import type { ShownCertificate } from "../../../src/core/plan/plan.ts";
import type { RecordedCertificate } from "../../../src/core/plan/start-record.ts";
import { defaultSpread, delaySeconds, findRenewal } from "../../../src/health/renewal.ts";
import { goldenNow, identity } from "../../support/identities.ts";

const { certificate } = identity("ec");
const day = 86_400_000;

/** With dates in days from now. */
function mounted(side: "internal" | "rest", sha256: string, from: number, until: number): ShownCertificate {
  const at = (days: number) => new Date(goldenNow.getTime() + days * day);
  const dated = { ...certificate, sha256, notBefore: at(from), notAfter: at(until) };
  return { side, source: `/certs/${side}/tls.crt`, sourceSha256: "", certificate: dated, selfSigned: true };
}

function recorded(side: "internal" | "rest", sha256: string, from: number, until: number): RecordedCertificate {
  const { source, certificate: dated, selfSigned } = mounted(side, sha256, from, until);
  const { notBefore, notAfter } = dated;
  const dates = { notBefore: notBefore.toISOString(), notAfter: notAfter.toISOString() };
  return { side, source, sourceSha256: "", sha256, ...dates, selfSigned };
}

describe("findRenewal", () => {
  const inUse = [recorded("internal", "a", -30, 30), recorded("rest", "r", -30, 30)];

  it.each([
    ["the same", mounted("internal", "a", -30, 30), undefined],
    ["a newer one", mounted("internal", "b", -1, 60), "b"],
    ["a newer one that ends sooner", mounted("internal", "b", -1, 10), "b"],
    ["one issued at the same time that ends later", mounted("internal", "b", -30, 31), "b"],
    ["one issued at the same time that ends at the same time", mounted("internal", "b", -30, 30), undefined],
    ["an older one", mounted("internal", "b", -60, 90), undefined],
    ["the certificate of the other side", mounted("rest", "b", -1, 60), "b"],
  ])("%s", (_what, now, found) => {
    expect(findRenewal(inUse, [now], goldenNow)?.mounted.certificate.sha256).toBe(found);
  });

  it("takes whatever is valid in place of one that has expired", () => {
    const expired = [recorded("internal", "a", -30, -1)];
    const renewal = findRenewal(expired, [mounted("internal", "b", -60, 90)], goldenNow);
    expect(renewal).toMatchObject({ expired: true, mounted: { certificate: { sha256: "b" } } });
  });

  it("is not there for a side that is not in use", () => {
    expect(
      findRenewal([recorded("internal", "a", -30, 30)], [mounted("rest", "b", -1, 60)], goldenNow),
    ).toBeUndefined();
  });

  it("needs one that is newer than all keys of a keystore", () => {
    const several = [recorded("rest", "a", -30, 30), recorded("rest", "b", -10, 30)];
    expect(findRenewal(several, [mounted("rest", "c", -20, 60)], goldenNow)).toBeUndefined();
    expect(findRenewal(several, [mounted("rest", "c", -5, 60)], goldenNow)).toBeDefined();
  });
});

describe("delaySeconds", () => {
  const hosts = Array.from({ length: 1000 }, (_, index) => `taskmanager-${index}`);

  it("is the same each time", () => {
    expect(delaySeconds("taskmanager-0", "ab", 600)).toBe(delaySeconds("taskmanager-0", "ab", 600));
  });

  it("spreads hosts evenly over the time", () => {
    const minutes = Array.from({ length: 10 }, () => 0);
    for (const host of hosts) {
      const minute = Math.floor(delaySeconds(host, "ab", 600) / 60);
      minutes[minute] = (minutes[minute] ?? 0) + 1;
    }
    expect(minutes).toHaveLength(10);
    for (const count of minutes) expect(count).toBeGreaterThan(60);
  });

  it("is another one for another certificate", () => {
    const moved = hosts.filter((host) => delaySeconds(host, "ab", 600) !== delaySeconds(host, "cd", 600));
    expect(moved.length).toBeGreaterThan(900);
  });

  it("is none where all are to start at once", () => {
    expect(delaySeconds("taskmanager-0", "ab", defaultSpread(mounted("internal", "a", 0, 1)))).toBe(0);
  });
});
