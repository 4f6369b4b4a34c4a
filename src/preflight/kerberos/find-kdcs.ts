import type { Finding } from "../../core/findings/findings.ts";
import { type Address, addressText, type Network, NetworkFailure } from "../../core/system/network.ts";
import type { RealmKdcs } from "../../core/feature/feature.ts";
import type { Notice, Problem } from "../../core/findings/problem.ts";
import { FormatError } from "../../formats/format-error.ts";
import { writeAsRequest } from "../../formats/kerberos/as-req.ts";
import { aesTypes } from "../../formats/kerberos/encryption.ts";
import { type KdcReply, readKdcReply } from "../../formats/kerberos/kdc-reply.ts";
import { askKdc } from "./ask-kdc.ts";
import { nonce } from "./nonce.ts";
import { kdcProblems } from "./problems.ts";
import { unreachable } from "../unreachable.ts";

const { problem } = kdcProblems;

/** A realm's KDCs as they were found. */
export interface RealmFound {
  readonly findings: readonly Finding[];
  /** The first that answered; undefined where none did. */
  readonly kdc: Address | undefined;
}

interface KdcFound {
  readonly address: Address;
  readonly time?: Date;
  readonly problem?: Problem;
}

/** Asks each KDC for something that it need not grant. One that cannot be reached is a problem only where no other can. */
export async function findKdcs(realm: RealmKdcs, client: string, network: Network): Promise<RealmFound> {
  const request = firstRequest(realm.realm, client, network);
  const found = await Promise.all(realm.kdcs.map((address) => askOne(realm, address, request, network)));
  const alive = found.filter((each) => each.time !== undefined);
  const dead = found.flatMap((each): Finding[] => {
    if (each.problem === undefined) return [];
    return alive.length === 0 ? [each.problem] : [besideOthers(each.problem)];
  });
  const first = alive[0];
  const silentOverUdp =
    realm.overUdp && first !== undefined ? await askOverUdp(realm, first.address, request, network) : [];
  const skews = alive.flatMap((each) => checkClock(realm, each, network.now()));
  return { kdc: first?.address, findings: [...dead, ...skews, ...silentOverUdp] };
}

function firstRequest(realm: string, client: string, network: Network): Uint8Array {
  const until = new Date(network.now().getTime() + 600_000);
  const service = `krbtgt/${realm}`;
  return writeAsRequest({ client, realm, service, encryptionTypes: aesTypes, until, nonce: nonce(network) });
}

async function askOne(
  { where }: RealmKdcs,
  address: Address,
  request: Uint8Array,
  network: Network,
): Promise<KdcFound> {
  try {
    return { address, time: timeOf(await askKdc(network, address, request), network) };
  } catch (error) {
    const at = [...where, addressText(address)];
    const hint = "name the host and port of a KDC: 88 is Kerberos' own port";
    if (error instanceof FormatError) return { address, problem: problem("not-a-kdc", at, error.message, hint) };
    if (!(error instanceof NetworkFailure)) throw error;
    const reached = unreachable(problem, "the KDC", { where, address }, error);
    return { address, problem: reached ?? problem("not-a-kdc", at, "it closes the connection", hint) };
  }
}

/** A ticket without pre-authentication says no time that could be read without the key. */
function timeOf(reply: KdcReply, network: Network): Date {
  return reply.kind === "error" ? reply.time : network.now();
}

function besideOthers({ where, text }: Problem): Notice {
  const hint = "clients lose time on it at each login: put it last, or take it out";
  return { level: "warning", where, text, hint };
}

async function askOverUdp(
  { where }: RealmKdcs,
  address: Address,
  request: Uint8Array,
  network: Network,
): Promise<readonly Finding[]> {
  try {
    readKdcReply(await network.ask(address, request));
    return [];
  } catch (error) {
    if (!(error instanceof NetworkFailure || error instanceof FormatError)) throw error;
    const hint = "add udp_preference_limit = 1 to [libdefaults], or have the KDC take UDP too";
    const text = "it does not answer over UDP, which Java tries first";
    return [problem("no-udp", [...where, addressText(address)], text, hint)];
  }
}

/** What Kerberos allows by default, and what is worth a line; seconds. */
const allowed = 300;
const noticeable = 60;

function checkClock({ where }: RealmKdcs, { address, time }: KdcFound, now: Date): readonly Finding[] {
  if (time === undefined) return [];
  const seconds = Math.round((now.getTime() - time.getTime()) / 1000);
  const size = Math.abs(seconds);
  if (size < noticeable) return [];
  const text = `this machine's clock is ${size} s ${seconds > 0 ? "ahead of" : "behind"} the KDC's`;
  const at = [...where, addressText(address)];
  const hint = "set both clocks by NTP: a container has its node's clock";
  if (size < allowed) return [{ level: "warning", where: at, text, hint }];
  return [problem("clock-skew", at, text, hint)];
}
