/** What a command sees of the world: `cli.ts` makes it from the process, tests make their own. */

export interface Terminal {
  /** The working folder. */
  readonly folder: string;
  /** Whether output may be coloured: a terminal, and `NO_COLOR` is not set. */
  readonly color: boolean;
  out(text: string): void;
  error(text: string): void;
  /** Resolves at the first Ctrl-C or SIGTERM; the second one ends the process at once. */
  untilInterrupted(): Promise<void>;
}

const codes = { red: 31, green: 32, yellow: 33, bold: 1 } as const;

export function paint(terminal: Terminal, color: keyof typeof codes, text: string): string {
  return terminal.color ? `\u001B[${codes[color]}m${text}\u001B[0m` : text;
}
