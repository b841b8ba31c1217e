/** How a command ends. */
export const exitCodes = {
  ok: 0,
  /** Drift, or problems that a check found. */
  problems: 1,
  /** A bad option, config or folder: nothing was done. */
  badInput: 2,
  /** A mistake of ours. */
  bug: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
