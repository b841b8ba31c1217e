/** What a command is: its options as data, and where its code is, loaded only when it runs. */
import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

export interface Option {
  /** A switch, or what stands for its value in the help, e.g. `file`. */
  readonly value?: string;
  readonly describes: string;
}

/** Values by name; a switch that is not given is absent. */
export type Options = Readonly<Record<string, string | true>>;

/** `words` come after `--`, where the command takes any. */
export type Run = (options: Options, terminal: Terminal, words: readonly string[]) => Promise<ExitCode>;

export interface Command {
  readonly name: string;
  readonly describes: string;
  readonly options: Readonly<Record<string, Option>>;
  /** What stands for the words after `--` in the help; absent where none may come. */
  readonly words?: string;
  load(): Promise<Run>;
}
