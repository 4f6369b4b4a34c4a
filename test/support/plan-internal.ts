import { tlsInternal } from "../../src/features/tls-internal.ts";
import { type PlannedFeature, planFeature, type World } from "./plan-feature.ts";
import { keyPassword, storePassword } from "./planted.ts";

export const withStorePassword = { FLINK_SSL_INTERNAL_PASSWORD: storePassword };
export const withKeyPassword = { FLINK_SSL_INTERNAL_PASSWORD: keyPassword };

/** What internal TLS plans when its folder holds these files. */
export function planInternal(names: Readonly<Record<string, string>>, world: World = {}): PlannedFeature {
  const files = Object.fromEntries(
    Object.entries(names).map(([name, content]) => [`/certs/internal/${name}`, content]),
  );
  return planFeature(tlsInternal, {
    ...world,
    files,
    environment: { FLINK_SSL_INTERNAL_ENABLED: "true", ...world.environment },
  });
}
