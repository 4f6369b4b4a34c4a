import { nonEmpty } from "./launch-request.ts";
import type { Environment } from "./environment.ts";

/** The arguments of `jobmanager.sh`, with the host and port that may precede them. */
export interface JobManagerArguments {
  readonly args: readonly string[];
  readonly host: string | undefined;
  readonly webUiPort: string | undefined;
}

/**
 * Takes the host and the web UI's port, an old form of `jobmanager.sh`, off the front. The script takes `-Dkey=value` and any
 * other option for a host name as well; here an option is one. It also reads HOST and WEBUIPORT of the environment.
 */
export function readJobManagerArguments(args: readonly string[], env: Environment): JobManagerArguments {
  const names = args.slice(0, 2);
  const first = names.findIndex((arg) => arg === "" || arg.startsWith("-"));
  const count = first < 0 ? names.length : first;
  return {
    args: args.slice(count),
    host: nonEmpty(count > 0 ? names[0] : env["HOST"]),
    webUiPort: nonEmpty(count > 1 ? names[1] : env["WEBUIPORT"]),
  };
}

/** Host and port as options of the program: Flink 2 knows them as dynamic properties only. */
export function hostOptions({ host, webUiPort }: JobManagerArguments, isFlink1: boolean): readonly string[] {
  const option = (value: string | undefined, flag: string, key: string) =>
    value === undefined ? [] : isFlink1 ? [flag, value] : ["-D", `${key}=${value}`];
  return [...option(host, "--host", "jobmanager.rpc.address"), ...option(webUiPort, "--webui-port", "rest.port")];
}
