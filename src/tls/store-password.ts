import { join } from "node:path/posix";
import type { Secret } from "../secret.ts";
import type { MaterialRequest } from "./material.ts";

/** The password of one store, and the variable or file that it comes from. */
export interface StorePassword {
  readonly secret: Secret;
  readonly from: string;
}

/** The keystore's password: the variable's, else that of a file beside the store. */
export function keystorePassword(keystore: string, request: MaterialRequest): StorePassword | undefined {
  const { password, passwordVariable } = request;
  if (password !== undefined) return { secret: password, from: passwordVariable };
  return passwordFile(keystore, request);
}

/** The truststore's password: its variable's, else that of a file beside the store, else the keystore's. */
export function truststorePassword(
  truststore: string,
  request: MaterialRequest,
  ofKeystore: StorePassword,
): StorePassword {
  const { truststorePassword: own, truststorePasswordVariable: variable = "" } = request;
  if (own !== undefined) return { secret: own, from: variable };
  return passwordFile(truststore, request) ?? ofKeystore;
}

/** `user.password` beside `user.p12` and `ca.password` beside `ca.p12`, as Strimzi writes them. */
function passwordFile(store: string, { dir, system }: MaterialRequest): StorePassword | undefined {
  const path = join(dir, store.replace(/\.\w+$/, ".password"));
  const read = system.readSecretFile(path);
  return read.kind === "secret" && !read.empty ? { secret: read.secret, from: path } : undefined;
}
