/** `telltale generate` */
import { type Drift, findDrift, isClean } from '../emit/drift.ts';
import type { FileSet } from '../emit/file-set.ts';
import { writeFiles } from '../emit/write.ts';
import { generate } from '../generate.ts';
import type { Options, Run } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { openConfig } from './open-config.ts';
import { paint, type Terminal } from './terminal.ts';

export const generateCommand: Run = async (options, terminal) => {
  const { config, folder } = await openConfig(options, terminal);
  const files = generate(config);
  const reads = options['check'] === true || options['dry-run'] === true;
  const drift = reads ? await findDrift(files, folder) : await writeFiles(files, folder);
  const result: Result = { files, folder, drift, options };
  if (options['json'] === true) terminal.out(`${JSON.stringify(await asJson(result), null, 2)}\n`);
  else await print(result, terminal);
  return options['check'] === true && !isClean(drift) ? exitCodes.problems : exitCodes.ok;
};

interface Result {
  readonly files: FileSet;
  readonly folder: string;
  readonly drift: Drift;
  readonly options: Options;
}

async function asJson({ files, folder, drift, options }: Result): Promise<object> {
  const { added, changed, removed, unchanged } = drift;
  const diff = options['check'] === true ? { diff: await diffText(files, drift) } : {};
  return {
    ok: options['check'] !== true || isClean(drift),
    folder,
    added,
    changed: changed.map(({ path }) => path),
    removed: removed.map(({ path }) => path),
    unchanged: unchanged.length,
    ...diff,
  };
}

async function print({ files, folder, drift, options }: Result, terminal: Terminal): Promise<void> {
  if (options['check'] === true) {
    if (!isClean(drift)) terminal.out(await diffText(files, drift));
    const verdict = isClean(drift)
      ? paint(terminal, 'green', 'no drift')
      : `${paint(terminal, 'red', 'drift')}: run "telltale generate"`;
    terminal.out(`${folder}: ${summary(drift)}; ${verdict}\n`);
    return;
  }
  for (const [what, paths] of listed(drift)) for (const path of paths) terminal.out(`${what.padEnd(8)} ${path}\n`);
  terminal.out(`${folder}: ${summary(drift)}${options['dry-run'] === true ? '; nothing was written' : ''}\n`);
}

function listed({ added, changed, removed }: Drift): readonly [string, readonly string[]][] {
  return [
    ['added', added],
    ['changed', changed.map(({ path }) => path)],
    ['removed', removed.map(({ path }) => path)],
  ];
}

function summary({ added, changed, removed, unchanged }: Drift): string {
  return `${added.length} added, ${changed.length} changed, ${removed.length} removed, ${unchanged.length} unchanged`;
}

async function diffText(files: FileSet, drift: Drift): Promise<string> {
  const { unifiedDiff } = await import('../emit/diff.ts');
  return unifiedDiff(files, drift);
}
