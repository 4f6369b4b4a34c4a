import type { Feature } from "../core/feature/feature.ts";
import { fips } from "./fips.ts";
import { flink } from "./flink/index.ts";
import { kafka } from "../services/kafka/index.ts";
import { kerberos } from "../services/kerberos/index.ts";
import { hadoop } from "../services/hdfs/index.ts";
import { jemalloc } from "./jemalloc.ts";
import { objectStorage } from "../services/s3/index.ts";
import { openDoors } from "./open-doors/index.ts";
import { plugins } from "./plugins.ts";
import { sealedState } from "./sealed-state/index.ts";
import { search } from "../services/search/index.ts";
import { tlsConf } from "./tls-conf.ts";
import { tlsInternal } from "./tls-internal.ts";
import { tlsRest } from "./tls-rest.ts";
import { trust } from "./trust/index.ts";

/** Every feature, in the order in which plans and the reference show them. */
export const features: readonly Feature[] = [
  flink,
  plugins,
  jemalloc,
  tlsConf,
  tlsInternal,
  tlsRest,
  openDoors,
  fips,
  trust,
  kerberos,
  hadoop,
  objectStorage,
  kafka,
  search,
  sealedState,
];
