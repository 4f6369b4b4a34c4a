import type { Notice, Problem } from "../core/findings/problem.ts";
import type { System } from "../core/system/system.ts";
import { encryptionTypeName, type KeytabEntry } from "../formats/kerberos/keytab.ts";
import { kerberosProblems } from "./problems.ts";
import { readKeytabFile } from "./read-keytab-file.ts";

const { problem } = kerberosProblems;

/** A keytab and whose key is wanted of it. */
export interface KeytabRequest {
  readonly variable: string;
  readonly path: string;
  readonly principalVariable: string;
  /** With or without a realm; undefined: the keytab's only one. */
  readonly principal: string | undefined;
  /** For a principal without one. */
  readonly realm: string | undefined;
  readonly system: System;
}

export interface KeytabCheck {
  /** With its realm; undefined where there are problems. */
  readonly principal?: string;
  /** Of the principal's keys, as IANA numbers them. */
  readonly encryptionTypes?: readonly number[];
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

/** AES, of RFC 3962 and RFC 8009: what every Java from 8 on takes. RC4 and DES are off since 17. */
const strongTypes: ReadonlySet<number> = new Set([17, 18, 19, 20]);

/** Finds, without a KDC, what would keep Java from logging in with a keytab. */
export function checkKeytab(request: KeytabRequest): KeytabCheck {
  const where = [request.variable, request.path];
  const malformed = malformedPrincipal(request);
  if (malformed !== undefined) return { problems: [malformed], notices: [] };
  const entries = readKeytabFile(where, request.path, request.system);
  if ("code" in entries) return { problems: [entries], notices: [] };
  const principals = [...new Set(entries.map((entry) => entry.principal))];
  const principal = wantedPrincipal(request, principals);
  if (typeof principal !== "string") return { problems: [principal], notices: [] };
  const keys = entries.filter((entry) => entry.principal === principal);
  if (keys.length === 0) return { problems: [notThere(principal, principals, request)], notices: [] };
  if (!keys.some(({ encryptionType }) => strongTypes.has(encryptionType))) {
    return { problems: [weak(where, principal, keys)], notices: [] };
  }
  const damaged = keys.find(({ encryptionType, keySize }) => (keySizes[encryptionType] ?? keySize) !== keySize);
  if (damaged !== undefined) return { problems: [wrongSize(where, damaged)], notices: [] };
  return {
    principal,
    encryptionTypes: keys.map(({ encryptionType }) => encryptionType),
    problems: [],
    notices: [description(where, principal, keys, principals), ...weakest(where, principal, keys)],
  };
}

function malformedPrincipal({ principal, principalVariable }: KeytabRequest): Problem | undefined {
  if (principal === undefined) return undefined;
  const where = [principalVariable];
  if (/[/]_HOST(@|$)/.test(principal)) {
    return problem("bad-principal", where, "Flink does not replace _HOST", "name the host, or a principal without one");
  }
  // Active Directory has account names with blanks inside.
  if (/^[^\s@](?:[^@]*[^\s@])?(?:@[^\s@]+)?$/.test(principal)) return undefined;
  const hint = "write it as name@REALM or name/host@REALM";
  return problem("bad-principal", where, `${JSON.stringify(principal)} is not a valid principal`, hint);
}

function wantedPrincipal(request: KeytabRequest, principals: readonly string[]): string | Problem {
  const { principal, principalVariable, realm, variable, path } = request;
  if (principal?.includes("@") === true) return principal;
  // Another check reports an unknown realm.
  if (principal !== undefined) {
    return realm === undefined
      ? (principals.find((one) => one.startsWith(`${principal}@`)) ?? principal)
      : `${principal}@${realm}`;
  }
  const [only = "", ...more] = principals;
  if (more.length === 0) return only;
  const text = `it has ${principals.length} principals: ${shown(principals)}`;
  return problem("no-principal", [variable, path], text, `set ${principalVariable} to one of them`);
}

function notThere(
  principal: string,
  principals: readonly string[],
  { variable, path, principalVariable }: KeytabRequest,
): Problem {
  const where = [variable, path];
  const sameButCase = principals.find((one) => one.toLowerCase() === principal.toLowerCase());
  if (sameButCase !== undefined) {
    const text = `it has ${sameButCase}, not ${principal}`;
    return problem("principal-case", where, text, `set ${principalVariable} to ${sameButCase}`);
  }
  const name = (one: string) => one.slice(0, one.lastIndexOf("@"));
  const namesake = principals.find((one) => name(one) === name(principal));
  if (namesake !== undefined) {
    const text = `it has ${namesake}, not ${principal}`;
    const hint = `set KERBEROS_REALM and ${principalVariable} for that realm, or mount a keytab of the other`;
    return problem("wrong-realm", where, text, hint);
  }
  const hint = `set ${principalVariable} to one that it has, or mount a keytab with ${principal}`;
  return problem("principal-missing", where, `it has no ${principal}, but ${shown(principals)}`, hint);
}

function weak(where: readonly string[], principal: string, keys: readonly KeytabEntry[]): Problem {
  const text = `${principal} has only ${typesOf(keys)}, which Java 17 and newer refuse`;
  return problem("weak-keys", where, text, "give it AES keys: kadmin ktadd -e aes256-cts:normal,aes128-cts:normal");
}

/** Bytes (RFC 3961, 3962 and 8009). */
const keySizes: Readonly<Record<number, number>> = { 16: 24, 17: 16, 18: 32, 19: 16, 20: 32, 23: 16 };

function wrongSize(where: readonly string[], { principal, kvno, encryptionType, keySize }: KeytabEntry): Problem {
  const key = `the ${encryptionTypeName(encryptionType)} key of ${principal}, kvno ${kvno},`;
  const text = `${key} has ${keySize} bytes instead of ${keySizes[encryptionType] ?? 0}`;
  return problem("bad-key", where, text, "write the keytab again with kadmin's ktadd");
}

/** The KDC encrypts for the newest key, whatever older ones the keytab has. */
function weakest(where: readonly string[], principal: string, keys: readonly KeytabEntry[]): readonly Notice[] {
  const newest = Math.max(...keys.map(({ kvno }) => kvno));
  const current = keys.filter(({ kvno }) => kvno === newest);
  if (current.some(({ encryptionType }) => strongTypes.has(encryptionType))) return [];
  const text = `the newest key of ${principal}, kvno ${newest}, is only ${typesOf(current)}, which Java 17 and newer refuse`;
  return [
    { level: "warning", where, text, hint: "give it AES keys: kadmin ktadd -e aes256-cts:normal,aes128-cts:normal" },
  ];
}

function description(
  where: readonly string[],
  principal: string,
  keys: readonly KeytabEntry[],
  principals: readonly string[],
): Notice {
  const versions = [...new Set(keys.map(({ kvno }) => kvno))].toSorted((one, other) => other - one);
  const newest = keys.filter(({ kvno }) => kvno === versions[0]);
  const older = versions.length > 1 ? `, and older ones: kvno ${versions.slice(1).join(", ")}` : "";
  const others = principals.filter((one) => one !== principal);
  const rest = others.length === 0 ? "" : `; also ${shown(others)}`;
  const text = `${principal}, kvno ${versions[0] ?? 0}, ${typesOf(newest)}${older}${rest}`;
  return { level: "info", where, text };
}

function typesOf(keys: readonly KeytabEntry[]): string {
  return [...new Set(keys.map(({ encryptionType }) => encryptionTypeName(encryptionType)))].join(", ");
}

function shown(principals: readonly string[]): string {
  const rest = principals.length > 5 ? ", …" : "";
  return principals.slice(0, 5).join(", ") + rest;
}
