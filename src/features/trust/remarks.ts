import type { Notice } from "../../core/findings/problem.ts";
import { isoDay, nameOf } from "../../tls/describe-certificate.ts";
import type { Wanted } from "./ca-files.ts";

/** What is odd about certificates that are trusted all the same. */
export function remarks(wanted: readonly Wanted[], now: Date): readonly Notice[] {
  return wanted.flatMap(({ certificate, where, service }): Notice[] => {
    if (certificate.notAfter <= now) {
      // A distribution's bundle is not the user's to clean up.
      if (service === "system") return [];
      return [
        {
          level: "warning",
          where,
          text: `${nameOf(certificate)} expired on ${isoDay(certificate.notAfter)}`,
          hint: "mount its successor",
        },
      ];
    }
    const soon = expiresSoon(certificate, where, now);
    if (soon !== undefined && service !== "system") return [soon];
    if (certificate.canIssue) return [];
    const text = `${nameOf(certificate)} is not a CA: it is trusted itself, and nothing that it issued`;
    return [{ level: "warning", where, text, hint: "mount the certificate of the CA that issued it" }];
  });
}

const day = 86_400_000;
const warnDays = 30;

function expiresSoon(certificate: Wanted["certificate"], where: readonly string[], now: Date): Notice | undefined {
  const days = Math.floor((certificate.notAfter.getTime() - now.getTime()) / day);
  if (days >= warnDays) return undefined;
  const left = days === 1 ? "1 day" : `${days} days`;
  const text = `${nameOf(certificate)} expires on ${isoDay(certificate.notAfter)}, in ${left}`;
  return { level: "warning", where, text, hint: "mount its successor beside it" };
}
