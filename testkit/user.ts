/** Whom a process runs as. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** The official image's user. */
export const flinkUser: User = { uid: 9999, gid: 9999 };

/** Has no entry in /etc/passwd, as with OpenShift's arbitrary user ids. */
export const unknownUser: User = { uid: 1_234_567, gid: 0 };

/** Only root can become somebody else; everybody else stays who they are. */
export function canBecomeAnother(): boolean {
  return process.getuid?.() === 0;
}
