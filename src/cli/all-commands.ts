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
  {
    name: 'backup',
    describes: 'run a command that makes a backup, and record how it ended, for cron jobs',
    words: '<command> [arguments]',
    options: {
      name: { value: 'name', describes: 'the backup: one of `backups` of the service in the config' },
      service: { value: 'name', describes: 'the service it is made of' },
      textfile: { value: 'folder', describes: "folder of node_exporter's textfile collector to record it in" },
      pushgateway: { value: 'url', describes: 'Pushgateway to record it in, instead of a folder' },
      'size-of': { value: 'file', describes: 'what the command writes: its size is recorded, and empty is a failure' },
      'restore-tested': { describes: 'run nothing; record that a restore of the backup was tested just now' },
    },
    load: async () => (await import('./backup-command.ts')).backupCommand,
  },
  {
    name: 'preview',
    describes: 'show the dashboards and runbooks in a browser, with data from a Prometheus, until Ctrl-C',
    options: {
      prometheus: {
        value: 'url',
        describes: 'Prometheus to ask (default: `links.prometheus` of the config, else http://localhost:9090)',
      },
      alertmanager: {
        value: 'url',
        describes: 'Alertmanager to ask (default: `links.alertmanager` of the config, unless --prometheus is given)',
      },
      config,
      folder: {
        value: 'folder',
        describes: 'folder with dashboards/ and runbooks/ (default: where `generate` writes them, else this folder)',
      },
      port: { value: 'port', describes: 'port to listen on; 0 takes a free one (default: 3010)' },
      host: { value: 'address', describes: 'address to listen on (default: 127.0.0.1, for this machine only)' },
      'token-file': { value: 'file', describes: 'file with a bearer token for Prometheus' },
      'scrape-interval': {
        value: 'duration',
        describes: 'how often Prometheus scrapes, e.g. 15s (default: as its configuration says)',
      },
    },
    load: async () => (await import('./preview-command.ts')).previewCommand,
  },
];
