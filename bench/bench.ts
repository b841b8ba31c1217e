/** `npm run bench`: Telltale beside what else records HTTP metrics. `-- --quick` takes a fast look and writes no page. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPeers } from './install.ts';
import { rootFolder } from './paths.ts';
import { benchPage } from './report/page.ts';
import { benchPlot } from './report/plot.ts';
import { reportTables } from './report/tables.ts';
import { textTable } from './report/text-table.ts';
import { runBenchmark } from './run.ts';
import { fullScale, quickScale } from './scale.ts';

const isQuick = process.argv.includes('--quick');
const scale = isQuick ? quickScale : fullScale;
const progress = (line: string): void => void process.stderr.write(`${line} ...\n`);

installPeers(progress);
const results = await runBenchmark(scale, progress);

process.stdout.write(`\nnpm run bench, ${scale.title}\n`);
for (const table of reportTables(results)) process.stdout.write(`\n${textTable(table)}`);

/** A quick look is no result: its page is there to be looked at while developing. */
const folder = join(rootFolder, isQuick ? 'build/bench/docs' : 'docs');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'bench.md'), benchPage(results, scale));
writeFileSync(join(folder, 'bench.svg'), benchPlot(results));
