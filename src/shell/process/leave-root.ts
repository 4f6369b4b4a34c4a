import { join } from "node:path";
import type { Notice } from "../../core/findings/problem.ts";
import { readRegularFile } from "../files/read-file.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The official images' own user. */
const imageUser = { name: "flink", uid: 9999 };

/**
 * Becomes the image's user, with the user's groups and HOME, if this is root and /etc/passwd has that user: what gosu does in
 * the official 1.x images. Returns the environment to use from there, and a notice if root has no right to become somebody else.
 * `etc` is the folder of passwd and group (passwd(5), group(5)).
 */
export function leaveRoot(
  environment: Environment,
  etc = "/etc",
): { readonly environment: Environment; readonly notices: readonly Notice[] } {
  const user = process.getuid?.() === 0 ? findImageUser(etc) : undefined;
  if (user === undefined) return { environment, notices: [] };
  try {
    // In this order: the first two need what the last one gives up.
    process.setgroups?.(user.groups);
    process.setgid?.(user.gid);
    process.setuid?.(imageUser.uid);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { environment, notices: [notAllowed] };
  }
  return { environment: { ...environment, HOME: user.home }, notices: [] };
}

/** Of the user that {@link leaveRoot} becomes; undefined where there is none. */
export function imageUserId(etc = "/etc"): number | undefined {
  return findImageUser(etc) && imageUser.uid;
}

const notAllowed: Notice = {
  level: "warning",
  where: [],
  text: `started as root, and without the right to become ${imageUser.name}: Flink will run as root`,
  hint: `start the container as user ${imageUser.uid}, or leave it the capabilities SETUID and SETGID`,
};

interface User {
  readonly gid: number;
  readonly groups: readonly number[];
  readonly home: string;
}

function findImageUser(etc: string): User | undefined {
  for (const [name, , uid, gid, , home = ""] of table(join(etc, "passwd"))) {
    if (name !== imageUser.name || Number(uid) !== imageUser.uid) continue;
    const member = table(join(etc, "group")).filter(([, , , users]) => users?.split(",").includes(imageUser.name));
    return { gid: Number(gid), groups: [Number(gid), ...member.map(([, , id]) => Number(id))], home };
  }
  return undefined;
}

function table(path: string): readonly (readonly string[])[] {
  const read = readRegularFile(path);
  if (read.kind !== "file") return [];
  const lines = new TextDecoder().decode(read.bytes).split("\n");
  return lines.map((line) => line.split(":"));
}

/** EINVAL is a user namespace without this user, as of podman without root. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EPERM" || error.code === "EINVAL");
}
