import type { Certificate } from "../../formats/x509/certificate.ts";
import type { Finding } from "../findings/findings.ts";
import type { Network } from "../system/network.ts";

/** What probes of one run share. */
export interface ProbeContext {
  readonly network: Network;
  /** The certificates that the JVM will trust, or undefined if they are unknown. */
  readonly anchors: () => readonly Certificate[] | undefined;
}

/** A check over the network that a feature contributes. Only `sluice check` and SLUICE_PREFLIGHT=network run it. */
export interface Probe {
  /** What it checks, as a noun: `the KDCs of CORP.EXAMPLE`. */
  readonly what: string;
  /** Changes nothing anywhere. Failures of the network are findings, never rejections. */
  run(context: ProbeContext): Promise<readonly Finding[]>;
}
