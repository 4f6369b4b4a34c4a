/** Exit codes of sluice itself, after sysexits.h; after the exec they are the child's own. */
export const ExitCode = {
  done: 0,
  unhealthy: 1,
  usage: 64,
  /** A service cannot be reached, or refuses. */
  unavailable: 69,
  bug: 70,
  cannotWrite: 73,
  settings: 78,
  notExecutable: 126,
  notFound: 127,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
