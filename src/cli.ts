#!/usr/bin/env node
/** The command line: the one place that touches the process. */
import { run } from './cli/run.ts';

const interrupts = ['SIGINT', 'SIGTERM'] as const;

process.exitCode = await run(process.argv.slice(2), {
  folder: process.cwd(),
  color: process.stdout.isTTY && process.stderr.isTTY && (process.env['NO_COLOR'] ?? '') === '',
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  untilInterrupted: () =>
    new Promise((resolve) => {
      const end = (): void => {
        // Without a listener a signal ends the process.
        for (const signal of interrupts) process.off(signal, end);
        resolve();
      };
      for (const signal of interrupts) process.on(signal, end);
    }),
});
