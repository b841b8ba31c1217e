/** `telltale preview` */
import { toModel } from '../config/to-model.ts';
import { readDashboards } from '../preview/dashboards-folder.ts';
import type { PreviewOptions } from '../preview/preview-options.ts';
import { readRunbooks } from '../preview/runbooks-folder.ts';
import { type Preview, startPreview } from '../preview/start-preview.ts';
import { upstreamAddress } from '../preview/upstream-address.ts';
import type { Options, Run } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { openConfigIfAny } from './open-config.ts';
import { pathOf, secondsOf, textOf, wholeNumberOf } from './option-values.ts';
import { paint, type Terminal } from './terminal.ts';

const defaultPort = 3010;
const defaultPrometheus = 'http://localhost:9090';

export const previewCommand: Run = async (options, terminal) => {
  const previewOptions = await toPreviewOptions(options, terminal);
  const preview = await startPreview(previewOptions);
  const interrupted = terminal.untilInterrupted();
  await print(preview, previewOptions, terminal);
  await interrupted;
  await preview.stop();
  return exitCodes.ok;
};

async function toPreviewOptions(options: Options, terminal: Terminal): Promise<PreviewOptions> {
  const opened = await openConfigIfAny(options, terminal);
  const links = opened === undefined ? undefined : toModel(opened.config).links;
  const prometheus = textOf(options, 'prometheus');
  return {
    prometheus: prometheus ?? links?.prometheus ?? defaultPrometheus,
    // Of another Prometheus than the config's, the Alertmanager is another one, too.
    alertmanager: textOf(options, 'alertmanager') ?? (prometheus === undefined ? links?.alertmanager : undefined),
    folder: pathOf(options, 'folder', terminal.folder) ?? opened?.folder ?? terminal.folder,
    port: wholeNumberOf(options, 'port') ?? defaultPort,
    host: textOf(options, 'host'),
    tokenFile: pathOf(options, 'token-file', terminal.folder),
    scrapeIntervalSeconds: secondsOf(options, 'scrape-interval'),
  };
}

async function print(preview: Preview, options: PreviewOptions, terminal: Terminal): Promise<void> {
  const { prometheus, alertmanager, folder } = options;
  const [dashboards, runbooks] = await Promise.all([readDashboards(folder), readRunbooks(folder)]);
  const rows = [
    ['preview', paint(terminal, 'bold', preview.url)],
    ['prometheus', upstreamAddress(prometheus).shown],
    ...(alertmanager === undefined ? [] : [['alertmanager', upstreamAddress(alertmanager).shown]]),
    ['folder', `${folder}: ${counted(dashboards.length, 'dashboard')}, ${counted(runbooks.length, 'runbook')}`],
  ];
  for (const [name = '', value = ''] of rows) terminal.out(`${name.padEnd(12)}  ${value}\n`);
  for (const warning of preview.warnings) terminal.error(`${paint(terminal, 'yellow', 'warning:')} ${warning}\n`);
  terminal.out('Ctrl-C ends it.\n');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
