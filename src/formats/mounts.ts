/** A line of `/proc/mounts`. */
export interface Mount {
  readonly path: string;
  /** Of the file system, such as `ext4` or `tmpfs`. */
  readonly type: string;
}

/** Reads `/proc/mounts` (proc(5), fstab(5)): `device path type options 0 0`, with white space and backslashes as octal escapes. */
export function parseMounts(text: string): readonly Mount[] {
  return text.split("\n").flatMap((line) => {
    const [, path, type] = line.split(" ");
    return path === undefined || type === undefined ? [] : [{ path: unescapeOctal(path), type: unescapeOctal(type) }];
  });
}

function unescapeOctal(text: string): string {
  return text.replaceAll(/\\([0-3][0-7]{2})/g, (_all, digits: string) => String.fromCodePoint(parseInt(digits, 8)));
}

/** The mount that a file of that absolute path is on: the deepest one, and of several at one path the last, which hides the others. */
export function findMount(mounts: readonly Mount[], path: string): Mount | undefined {
  let found: Mount | undefined;
  for (const mount of mounts) {
    const isAbove = mount.path === "/" || path === mount.path || path.startsWith(`${mount.path}/`);
    if (isAbove && mount.path.length >= (found?.path.length ?? 0)) found = mount;
  }
  return found;
}
