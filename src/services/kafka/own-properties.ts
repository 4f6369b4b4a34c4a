import type { Notice, Problem } from "../../core/findings/problem.ts";
import { Secret } from "../../secret.ts";
import type { Document } from "../../core/settings/variables.ts";
import { FormatError } from "../../formats/format-error.ts";
import { readProperties } from "../../formats/java-properties.ts";
import { holdsSecret, isSecretKey } from "../../formats/secret-values.ts";
import { checkOwnProperty } from "./check-own-property.ts";
import { type ClientSetting, ownSetting } from "./client-setting.ts";
import { type OwnProperty, trimLikeJava } from "./own-property.ts";
import { urlKeys } from "./allowed-urls.ts";
import { kafkaProblems } from "./problems.ts";

const { problem } = kafkaProblems;

export interface OwnProperties {
  readonly properties: readonly OwnProperty[];
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

/** Reads KAFKA_PROPERTIES_FILE and KAFKA_PROPERTIES; the variable wins. */
export function readOwnProperties(document: Document | undefined): OwnProperties {
  if (document === undefined) return { properties: [], problems: [], notices: [] };
  const base = readOwnProperties(document.base);
  const own = readDocument(document);
  const isInBoth = ({ key }: OwnProperty) => own.properties.some((each) => each.key === key);
  const overridden = base.properties.filter(isInBoth).map(({ key, where }): Notice => {
    const text = `${key} is in KAFKA_PROPERTIES as well, which wins`;
    return { level: "warning", where, text, hint: "remove one of them" };
  });
  return {
    properties: [...base.properties.filter((each) => !isInBoth(each)), ...own.properties],
    problems: [...base.problems, ...own.problems],
    notices: [...base.notices, ...own.notices, ...overridden],
  };
}

function readDocument({ text, where, hidden }: Document): OwnProperties {
  try {
    const read = readProperties(text);
    if (read.has("")) throw new FormatError("a property has no name", "write name=value");
    const properties = [...read].map(([key, value]) => ({ key, value, where, hidden }));
    return { properties, problems: properties.flatMap(checkOwnProperty), notices: [] };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const at = error.line === undefined ? where : [...where, `line ${error.line}`];
    return { properties: [], problems: [problem("bad-properties", at, error.message, error.hint)], notices: [] };
  }
}

/** Adds the user's properties to what the variables say. A default gives way; another value of a variable is a contradiction. */
export function withOwnProperties(
  settings: readonly ClientSetting[],
  own: readonly OwnProperty[],
): { readonly settings: readonly ClientSetting[]; readonly problems: readonly Problem[] } {
  const values = new Map(own.map((each) => [each.key, each]));
  const isSame = ({ key, value }: ClientSetting) => {
    const other = values.get(key);
    return other !== undefined && trimLikeJava(other.value) === value;
  };
  const problems = settings
    .filter((setting) => values.has(setting.key) && setting.because !== undefined && !isSame(setting))
    .map(({ key, value, because = "" }) => {
      const text = `${because} sets ${key} to ${String(value)}`;
      return problem("contradiction", values.get(key)?.where ?? [], text, `take ${key} out, or unset ${because}`);
    });
  for (const [key, other] of separateStores) {
    const [given, store] = [values.get(key), settings.find((each) => each.key === other)];
    if (given === undefined || store?.because === undefined) continue;
    const text = `${store.because} sets ${other}, and Kafka takes one of both`;
    problems.push(problem("contradiction", [...given.where, key], text, `take ${key} out, or unset ${store.because}`));
  }
  const kept = settings.filter((setting) => !values.has(setting.key) || isSame(setting));
  const added = own.filter(({ key }) => !kept.some((each) => each.key === key));
  return { settings: [...kept, ...added.map(asSetting)], problems };
}

/** PEM in a property, which Kafka refuses beside the path of a store. */
const separateStores = [
  ["ssl.truststore.certificates", "ssl.truststore.location"],
  ["ssl.keystore.certificate.chain", "ssl.keystore.location"],
  ["ssl.keystore.key", "ssl.keystore.location"],
] as const;

/** Not secret, wherever they come from, and worth seeing in a plan. */
const shown: ReadonlySet<string> = new Set(["security.protocol", "sasl.mechanism"]);

function asSetting({ key, value, where, hidden }: OwnProperty): ClientSetting {
  // The word token makes the key of a URL a secret one.
  const isSecretName = isSecretKey(key) && !urlKeys.includes(key);
  const isHidden = (hidden && !shown.has(key)) || isSecretName || holdsSecret(value);
  return ownSetting(key, isHidden ? new Secret(`${where.join(": ")}: ${key}`, () => value) : value);
}
