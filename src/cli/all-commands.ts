/** Every command. */
import type { Command } from './command.ts';

const config = {
  value: 'file',
  describes: 'config to read (default: telltale.config.{ts,mts,js,mjs,json} in this folder)',
};
const out = { value: 'folder', describes: 'folder to write to (default: `output` of the config, or its own folder)' };
const json = { describes: 'print the result as JSON' };

export const allCommands: readonly Command[] = [
  {
    name: 'generate',
    describes: 'write dashboards, alerts, runbooks and the monitoring stack',
    options: {
      config,
      out,
      check: { describes: 'write nothing; print a diff and exit 1 when the files are not what would be written' },
      'dry-run': { describes: 'write nothing; list what would change' },
      json,
    },
    load: async () => (await import('./generate-command.ts')).generateCommand,
  },
  {
    name: 'check',
    describes: 'check the config, and the dashboards, rules and runbooks that it makes, without a server',
    options: { config, json },
    load: async () => (await import('./check-command.ts')).checkCommand,
  },
  {
    name: 'secrets',
    describes: 'write random secrets of the stack to monitoring/secrets/; never replaces one',
    options: { config, out, json },
    load: async () => (await import('./secrets-command.ts')).secretsCommand,
  },
];
