import { randomBytes } from "node:crypto";
import type { UsableKey, UsableKeytabKey } from "../../core/system/network.ts";
import { openSecret, Secret } from "../../secret.ts";
import type { System } from "../../core/system/system.ts";
import { FormatError } from "../../formats/format-error.ts";
import { aesTypes, confounderSize, decrypt, encrypt } from "../../formats/kerberos/encryption.ts";
import { type KeytabKey, readKeytabKeys } from "../../formats/kerberos/keytab.ts";

/** A key that encrypts and decrypts, and does not show itself. */
export function usableKey(type: number, secret: Secret<Uint8Array>): UsableKey {
  return {
    type,
    encrypt: (usage, text) => encrypt({ type, key: openSecret(secret) }, usage, text, randomBytes(confounderSize)),
    decrypt: (usage, text) => decrypt({ type, key: openSecret(secret) }, usage, text),
  };
}

/** The AES keys of a principal with the newest version number, strongest first. None where the keytab cannot be read: planning says so. */
export function keytabKeys(path: string, principal: string, system: System): readonly UsableKeytabKey[] {
  const keys = read(path, system).filter((key) => key.principal === principal);
  const newest = Math.max(...keys.map(({ kvno }) => kvno));
  const rank = ({ encryptionType }: KeytabKey) => aesTypes.indexOf(encryptionType);
  return keys
    .filter((key) => key.kvno === newest && rank(key) >= 0)
    .toSorted((one, other) => rank(one) - rank(other))
    .map(({ encryptionType, kvno, key }) => ({ ...usableKey(encryptionType, new Secret(path, () => key)), kvno }));
}

function read(path: string, system: System): readonly KeytabKey[] {
  const file = system.readFile(path);
  if (file.kind !== "file") return [];
  try {
    return readKeytabKeys(file.bytes);
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}
