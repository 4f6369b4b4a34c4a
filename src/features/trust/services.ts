import type { Notice, Problem } from "../../core/findings/problem.ts";
import { suggest } from "../../core/findings/suggest.ts";
import { parseFlag } from "../../core/settings/variables.ts";
import { trustProblems } from "./problems.ts";

/** A service whose CAs are to be trusted. */
export interface Service {
  /** Such as `schema-registry`. */
  readonly name: string;
  readonly dir: string;
  /** The variable that named the folder, or else the one that turned the service on. */
  readonly variable: string;
  /** False for the default folder of a service that may as well have a certificate of a public CA. */
  readonly mustExist: boolean;
}

export interface ServicesRead {
  readonly services: readonly Service[];
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

/** Read by other features as well, or by the client libraries of a job. */
const known = ["KAFKA", "ELASTICSEARCH", "OPENSEARCH", "HDFS", "S3", "SCHEMA_REGISTRY"];

/** `VAULT`, for `vault`: what a service's variables start with. */
function prefixOf(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]+/g, "_");
}

interface Variables {
  /** TRUST_SERVICES. */
  readonly listed: readonly string[];
  /** `<SERVICE>_SSL_ENABLED` and `<SERVICE>_SSL_CA_DIR`, by what stands for the service. */
  readonly flags: Readonly<Record<string, string>>;
  readonly dirs: Readonly<Record<string, string>>;
}

/** Decides whose CAs are trusted. A name in TRUST_SERVICES is turned on by being there, the others by their flag; unknown ones need a folder too. */
export function readServices({ listed, flags, dirs }: Variables): ServicesRead {
  const listedPrefixes = listed.map(prefixOf);
  // A flag and a folder together are meant for this, whatever the service.
  const both = Object.keys(flags).filter((prefix) => parseFlag(flags[prefix] ?? "") === true && prefix in dirs);
  const prefixes = [...new Set([...known, ...listedPrefixes, ...both])];
  const services: Service[] = [];
  const problems: Problem[] = [];
  const notices: Notice[] = [];
  for (const prefix of prefixes) {
    const flagName = `${prefix}_SSL_ENABLED`;
    const dirName = `${prefix}_SSL_CA_DIR`;
    const isListed = listedPrefixes.includes(prefix);
    const raw = flags[prefix];
    const flag = raw === undefined ? isListed : parseFlag(raw);
    const dir = dirs[prefix];
    if (flag === undefined) {
      problems.push(
        trustProblems.problem(
          "bad-flag",
          [flagName],
          `${JSON.stringify(raw)} is not true or false`,
          "set it to true or false, or unset it",
        ),
      );
    } else if (!flag) {
      if (dir !== undefined)
        notices.push({
          level: "warning",
          where: [dirName],
          text: "it is not read",
          hint: `set ${flagName}=true as well`,
        });
    } else if (dir !== undefined && !dir.startsWith("/")) {
      problems.push(
        trustProblems.problem(
          "bad-path",
          [dirName],
          `${JSON.stringify(dir)} is not an absolute path`,
          "set it to an absolute path, or unset it",
        ),
      );
    } else {
      const name = prefix.toLowerCase().replaceAll("_", "-");
      const variable = dir !== undefined ? dirName : raw !== undefined ? flagName : "TRUST_SERVICES";
      services.push({
        name,
        dir: dir?.replace(/(?<=.)\/+$/, "") ?? `/certs/${name}`,
        variable,
        mustExist: dir !== undefined || isListed,
      });
    }
  }
  return { services, problems, notices: [...notices, ...typingErrors({ flags, dirs }, prefixes)] };
}

/** A flag alone may be another program's: only one that is nearly a known one is worth a line. A folder is always mentioned. */
function typingErrors(
  { flags, dirs }: Pick<Variables, "flags" | "dirs">,
  prefixes: readonly string[],
): readonly Notice[] {
  const names = [
    ...Object.keys(flags).map((prefix) => [prefix, "_SSL_ENABLED"]),
    ...Object.keys(dirs).map((prefix) => [prefix, "_SSL_CA_DIR"]),
  ];
  // With what follows them, so that two letters of a short name may have changed places.
  const candidates = prefixes.map((prefix) => `${prefix}_`);
  return names.flatMap(([prefix = "", suffix = ""]): Notice[] => {
    if (prefixes.includes(prefix)) return [];
    const where = [`${prefix}${suffix}`];
    const meant = suggest(`${prefix}_`, candidates)?.slice(0, -1);
    if (meant === undefined && suffix === "_SSL_CA_DIR") {
      return [{ level: "warning", where, text: "it is not read", hint: `set ${prefix}_SSL_ENABLED=true as well` }];
    }
    if (meant === undefined) return [];
    const hint = `did you mean ${meant}${suffix}? Otherwise list it in TRUST_SERVICES`;
    return [{ level: "warning", where, text: "no such service", hint }];
  });
}
