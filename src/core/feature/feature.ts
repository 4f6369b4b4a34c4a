import type { Certificate } from "../../formats/x509/certificate.ts";
import type { FlinkValue, PlannedFile, PlannedLink, ShownCertificate, TrustedCertificate } from "../plan/plan.ts";
import type { Notice, Problem, ProblemCatalogue } from "../findings/problem.ts";
import type { Secret } from "../../secret.ts";
import type { EnvPattern, EnvSpec, Settings } from "../settings/declaration.ts";
import type { Algorithm, Refused } from "./algorithm.ts";
import type { Probe } from "./probe.ts";
import type { Address } from "../system/network.ts";
import type { System } from "../system/system.ts";

/** What is being started, and with which Flink and JDK. The same for every feature of a plan. */
export interface Target {
  /** As the user typed it, `["taskmanager", "-D", "x=y"]`, except for an option that Flink 2 lacks (operator-host.ts). */
  readonly command: readonly string[];
  /** Undefined for a passed-through command, and for commands that start no process of a cluster. */
  readonly role: "jobmanager" | "taskmanager" | undefined;
  readonly flinkHome: string;
  /** Such as `2.3.0`. */
  readonly flinkVersion: string;
  /** False when no Flink was found and the version is an assumption. */
  readonly flinkChecked: boolean;
  /** Undefined when no JDK was found. */
  readonly javaHome: string | undefined;
  /** Flink's configuration as it is mounted; only read. */
  readonly mountedConfDir: string;
  /** Holds a folder for each process, and links to what jobs name. */
  readonly runDir: string;
  /** The folder below runDir that this process' files go to. */
  readonly roleDir: string;
  /** The folder below roleDir that Flink reads its configuration from. */
  readonly confDir: string;
  /** Whether the JVM is started directly or by Flink's scripts, where both can be. */
  readonly launch: "native" | "scripts";
  /** A variable as `${NAME}` in a configuration means it; a Secret where its value must not be shown. */
  readonly variable: (name: string) => string | Secret | undefined;
}

/**
 * How strongly a feature wants a key of Flink's configuration.
 * - `default`: anyone's value wins.
 * - `set`: wins over a mounted file, loses against FLINK_PROPERTIES and `-D`.
 * - `required`: the feature does not work with another value, so another value anywhere is a problem.
 */
export type Strength = "default" | "set" | "required";

export interface FlinkConfEntry {
  readonly key: string;
  readonly value: FlinkValue;
  readonly strength: Strength;
  /** What wants it, for the message about a contradiction: usually the variable that turned the feature on. */
  readonly because: string;
}

/** Flink's configuration after the merge, as `requires` sees it. */
export type MergedFlinkConf = ReadonlyMap<
  string,
  /** `hidden` as in {@link UserKey.hidden}. */
  { readonly value: FlinkValue; readonly owner: string; readonly hidden?: boolean | undefined }
>;

/** A key as the user wrote it, expanded. */
export interface UserKey {
  readonly key: string;
  readonly value: FlinkValue;
  /** The variable or file, and the line. */
  readonly where: readonly string[];
  /** Whether the value came from a file that a variable names. Plans do not show it, whatever its key is. */
  readonly hidden?: boolean;
}

/** The three sources of a user's Flink configuration, weakest first. */
export interface UserConf {
  readonly mounted: readonly UserKey[];
  readonly properties: readonly UserKey[];
  /** `-D key=value` of the command. Flink applies them itself; they are here to be checked. */
  readonly dynamic: readonly UserKey[];
  /** Renders the file that Flink will read: the mounted one with these keys put in. */
  readonly write: (changes: ReadonlyMap<string, FlinkValue>) => PlannedFile;
}

/** The KDCs of a realm, in the order in which clients ask them. */
export interface RealmKdcs {
  readonly where: readonly string[];
  readonly realm: string;
  readonly kdcs: readonly Address[];
  /** Whether krb5.conf makes Java ask over UDP first. */
  readonly overUdp: boolean;
}

/** Values that a feature gives to the features that need them. */
export interface FeatureOutputs {
  /** The folder into which all plugins are linked; undefined: Flink takes its own. */
  readonly plugins?: { readonly dir: string };
  /** The truststore that the JVM is given, by the path for jobs; undefined: its own. */
  readonly truststore?: { readonly path: string; readonly type: "PKCS12" };
  /** There when Kerberos is turned on; `realm` is the default one, undefined where it is not known. */
  readonly kerberos?: {
    readonly realm: string | undefined;
    readonly keytab: string;
    /** Whose key Flink logs in with; undefined where that is a problem. */
    readonly principal: string | undefined;
    /** The realms whose KDCs are known. */
    readonly realms: readonly RealmKdcs[];
  };
}

/** Everything one feature adds to a plan. */
export interface Contribution {
  readonly files?: readonly PlannedFile[];
  readonly links?: readonly PlannedLink[];
  readonly flinkConf?: readonly FlinkConfEntry[];
  /** Only of the feature that reads Flink's own configuration. */
  readonly userConf?: UserConf;
  /** Appended to `env.java.opts.all`, so that every Flink JVM has them. */
  readonly jvmOptions?: readonly string[];
  /** Exported to the child. */
  readonly env?: Readonly<Record<string, string>>;
  /** Variables that hold a secret, and that the child must not inherit. */
  readonly unset?: readonly string[];
  readonly outputs?: FeatureOutputs;
  /** JAAS contexts of services that log in with Flink's own principal: together they are `security.kerberos.login.contexts`. */
  readonly jaasContexts?: readonly string[];
  readonly trusted?: readonly TrustedCertificate[];
  readonly shown?: readonly ShownCertificate[];
  /** What `sluice check` tries over the network. */
  readonly probes?: readonly Probe[];
  /** The same for probes that depend on the merged configuration. Only asked for where probes run. */
  readonly confProbes?: (conf: MergedFlinkConf) => readonly Probe[];
  /** The JVM's trust anchors, or undefined if unknown. Lazy, because parsing is slow. */
  readonly anchors?: () => readonly Certificate[] | undefined;
  /** The cryptography that it uses. Asked for only by a plan that SLUICE_FIPS checks. */
  readonly algorithms?: (conf: MergedFlinkConf) => readonly Algorithm[];
  /** Makes a problem of each algorithm that is refused. Without it, algorithms are not asked for. */
  readonly refuseAlgorithm?: (refused: Refused) => Problem;
  readonly notices?: readonly Notice[];
  readonly problems?: readonly Problem[];
  /** Checks that need the merged configuration. */
  readonly requires?: (conf: MergedFlinkConf) => readonly (Problem | Notice)[];
}

/** The problems of one area, for docs/problems.md. */
export type Catalogue = Pick<ProblemCatalogue<string, string>, "area" | "explanations">;

/** Something that can be turned on: one file in `src/features`, listed in `src/features/index.ts`. */
export interface Feature<S extends EnvSpec = EnvSpec> {
  readonly name: string;
  /** A heading and a sentence for docs/environment.md. */
  readonly title: string;
  readonly about: string;
  readonly env: S;
  /** Families of variables, such as `<SERVICE>_SSL_ENABLED`. */
  readonly envPatterns?: readonly EnvPattern[];
  /** Names read by others that look like ours. */
  readonly alsoKnown?: readonly string[];
  readonly problems: Catalogue;
  /** What its probes can find. */
  readonly networkProblems?: readonly Catalogue[];
  enabled(settings: Settings<S>): boolean;
  /** What to set for the feature to be enabled, such as `KERBEROS_ENABLED=true`; undefined: it always is. */
  readonly turnOn?: string;
  /** The outputs that its plan may contain, and those of other features that it reads. They decide which feature plans first. */
  readonly gives?: readonly (keyof FeatureOutputs)[];
  readonly needs?: readonly (keyof FeatureOutputs)[];
  /** `outputs` has those that it needs, of the features that are enabled. */
  plan(settings: Settings<S>, target: Target, system: System, outputs: FeatureOutputs): Contribution;
}
