import { isIP } from "node:net";
import { type KeyChoice, keyChoices } from "../../shell/certificates/generate-certificate.ts";
import { type StoreFormat, storeFormats } from "../../shell/certificates/write-stores.ts";
import { UsageError } from "../arguments.ts";
import type { KubernetesNames } from "./kubernetes-names.ts";

/** Where a certificate goes: files, or a Secret that is printed or created. */
export type CertsTarget =
  | { readonly kind: "folder"; readonly path: string }
  | {
      readonly kind: "secret";
      readonly name: string;
      readonly labels: Readonly<Record<string, string>>;
      /** The pod's folder with token, ca.crt and namespace, if the Secret is to be created. */
      readonly account: string | undefined;
    };

/** What `sluice certs` is asked for. */
export interface CertsOptions {
  readonly target: CertsTarget;
  readonly isCa: boolean;
  /** The folder of the CA that signs. */
  readonly signWith: string | undefined;
  /** Folders of CAs that are trusted besides. */
  readonly trust: readonly string[];
  readonly commonName: string;
  readonly dns: readonly string[];
  readonly ip: readonly string[];
  readonly kubernetes: KubernetesNames;
  readonly namespace: string | undefined;
  readonly key: KeyChoice;
  /** Undefined: as usual, or as long as the CA if that ends sooner. */
  readonly days: number | undefined;
  readonly store: StoreFormat | "none";
}

export const usualDays = { ca: 3650, certificate: 365 } as const;
const mostDays = { ca: 7300, certificate: 3650 } as const;

/** @throws UsageError */
export function parseCertsOptions(args: readonly string[]): CertsOptions {
  const values = parse(args);
  const isCa = values.ca;
  const target = targetOf(values);
  const names = values.san.flatMap((list) => list.split(",")).filter((name) => name !== "");
  const dns = names.filter((name) => isIP(name) === 0);
  for (const name of dns) if (!isDnsName(name, true)) fail(`--san ${name} is neither a DNS name nor an IP address`);
  const kubernetes = kubernetesOf(values);
  const namesPods = kubernetes.services.length > 0 || kubernetes.pods !== undefined;
  if (isCa && (names.length > 0 || namesPods)) fail("a CA has no names: give them to the certificates that it signs");
  if (isCa && values["sign-with"] !== undefined) fail("--ca and --sign-with do not go together: a CA is the root here");
  if (isCa && values.trust.length > 0) fail("--ca and --trust do not go together: a CA trusts nobody");
  if (isCa && values.store !== undefined) fail("a CA has no store: --store is for the certificates that it signs");
  const creates = target.kind === "secret" && target.account !== undefined;
  if (namesPods && values.namespace === undefined && !creates) fail("--service and --statefulset need --namespace NS");
  if (values.namespace !== undefined && !isLabel(values.namespace))
    fail(`--namespace ${values.namespace} is not a valid name`);
  const commonName = values.name ?? (isCa ? "Flink CA" : "flink.internal");
  if (!/^[\x20-\x7e]{1,64}$/.test(commonName)) fail("--name takes 1 to 64 printable ASCII characters");
  return {
    target,
    isCa,
    signWith: values["sign-with"],
    trust: values.trust,
    commonName,
    dns,
    ip: names.filter((name) => isIP(name) !== 0),
    kubernetes,
    namespace: values.namespace,
    key: oneOf("--key", values.key, keyChoices),
    days: values.days === undefined ? undefined : daysOf(values.days, mostDays[isCa ? "ca" : "certificate"]),
    store: isCa ? "none" : storeOf(values.store, target),
  };
}

function targetOf({ out, secret, label, create, "service-account": account }: Values): CertsTarget {
  if ((out === undefined) === (secret === undefined)) fail("certs needs one of --out DIR and --secret NAME");
  if (out !== undefined) {
    if (create || label.length > 0) fail("--create and --label go with --secret");
    return { kind: "folder", path: out };
  }
  const name = secret ?? "";
  if (!isDnsName(name, false))
    fail(`--secret ${name} is not a valid name for a Secret: lower-case letters, digits, - and .`);
  const labels = label.map((one) => {
    const [key = "", value, ...rest] = one.split("=");
    if (value === undefined || rest.length > 0 || !labelKey.test(key) || !labelValue.test(value)) {
      fail(`--label ${one} is not KEY=VALUE`);
    }
    return [key, value] as const;
  });
  return { kind: "secret", name, labels: Object.fromEntries(labels), account: create ? account : undefined };
}

function kubernetesOf(values: Values): KubernetesNames {
  const { service: services, statefulset, headless, replicas, "cluster-domain": clusterDomain } = values;
  for (const name of services) if (!isLabel(name)) fail(`--service ${name} is not a valid name for a Service`);
  if (!isDnsName(clusterDomain, false)) fail(`--cluster-domain ${clusterDomain} is not a valid domain`);
  if ((statefulset === undefined) !== (headless === undefined)) fail("--statefulset and --headless go together");
  if (statefulset === undefined || headless === undefined) {
    if (replicas !== undefined) fail("--replicas goes with --statefulset");
    return { services, pods: undefined, clusterDomain };
  }
  for (const name of [statefulset, headless])
    if (!isLabel(name)) fail(`${name} is not a valid name for a Kubernetes object`);
  const count = replicas === undefined ? undefined : Number(replicas);
  if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= 1000)) {
    fail(`--replicas ${replicas} is not a number from 1 to 1000`);
  }
  return { services, pods: { statefulSet: statefulset, headless, replicas: count }, clusterDomain };
}

function storeOf(value: string | undefined, target: CertsTarget): StoreFormat | "none" {
  return oneOf("--store", value ?? (target.kind === "folder" ? "pkcs12" : "none"), [...storeFormats, "none"] as const);
}

function oneOf<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const choice = choices.find((one) => one === value);
  return choice ?? fail(`${option} ${value} is none of ${choices.join(", ")}`);
}

function daysOf(text: string, most: number): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= most) return days;
  return fail(`--days ${text} is not a number of days from 1 to ${most}`);
}

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const labelKey = /^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;

function isLabel(name: string): boolean {
  return label.test(name);
}

/** RFC 1123; a wildcard stands for the first label. */
function isDnsName(name: string, mayBeWild: boolean): boolean {
  const labels = name.toLowerCase().split(".");
  if (mayBeWild && labels.length > 1 && labels[0] === "*") labels.shift();
  if (!mayBeWild && name !== name.toLowerCase()) return false;
  return name.length <= 253 && labels.every(isLabel);
}

function fail(message: string): never {
  throw new UsageError(message, "see: sluice help certs");
}

type Values = ReturnType<typeof parse>;

// An import would read every property of the module, and one of them opens stderr, which leaves it non-blocking.
const { parseArgs } = process.getBuiltinModule("node:util");

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        out: { type: "string" },
        secret: { type: "string" },
        create: { type: "boolean", default: false },
        "service-account": { type: "string", default: "/var/run/secrets/kubernetes.io/serviceaccount" },
        label: { type: "string", multiple: true, default: [] },
        ca: { type: "boolean", default: false },
        "sign-with": { type: "string" },
        trust: { type: "string", multiple: true, default: [] },
        name: { type: "string" },
        san: { type: "string", multiple: true, default: [] },
        service: { type: "string", multiple: true, default: [] },
        statefulset: { type: "string" },
        headless: { type: "string" },
        replicas: { type: "string" },
        namespace: { type: "string" },
        "cluster-domain": { type: "string", default: "cluster.local" },
        key: { type: "string", default: "rsa" },
        days: { type: "string" },
        store: { type: "string" },
      },
    }).values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}
