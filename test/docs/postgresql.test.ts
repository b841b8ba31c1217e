import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { databaseCatalog } from '../../src/catalog/database.ts';
import { sqlOperation } from '../../src/catalog/labels.ts';
import { poolSettings } from '../../src/instrument/postgres/pool-options.ts';

let page: string;
let installed: Readonly<Record<string, string>>;

const read = (path: string): Promise<string> => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

beforeAll(async () => {
  page = await read('docs/postgresql.md');
  ({ devDependencies: installed } = JSON.parse(await read('package.json')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  });
});

describe('docs/postgresql.md', () => {
  it('names the versions that the tests run', () => {
    expect(/drizzle-orm (\d\S*):/.exec(page)?.[1]).toBe(installed['drizzle-orm']);
    expect(/adapter (\d\S*) itself/.exec(page)?.[1]).toBe(installed['@prisma/adapter-pg']);
  });

  it('shows every metric of a pool, with its labels', () => {
    const shown = [...page.matchAll(/^\| `(\w+)\{([^}]*)\}`/gm)].map(([, name, labels]) => ({ name, labels }));
    expect(shown).toEqual(
      Object.values(databaseCatalog).map(({ name, labels }) => ({ name, labels: Object.keys(labels).join(', ') })),
    );
  });

  it('lists the kinds of statement, and the default threshold', () => {
    const [, list = ''] = /kind of the statement: ([^.]*)\./.exec(page) ?? [];
    expect(list.match(/\w+(?=`)/g)).toEqual([...sqlOperation.values]);
    expect(/`slowQuerySeconds`, ([\d.]+) unless/.exec(page)?.[1]).toBe(String(poolSettings('', {}).slowQuerySeconds));
  });
});
