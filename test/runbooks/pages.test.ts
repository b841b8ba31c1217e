import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { toModel } from '../../src/config/to-model.ts';
import { runbookFiles } from '../../src/emit/runbook-files.ts';
import { checkRunbooks } from '../../src/lint/runbook-checks.ts';
import { fencesOf } from '../../src/lint/runbook-markdown.ts';
import { alertPageNames } from '../../src/runbooks/alert-ids.ts';
import { allAlertPages } from '../../src/runbooks/all-alert-pages.ts';
import { allRunbooks } from '../../src/runbooks/all-runbooks.ts';
import { runbookIds } from '../../src/runbooks/runbook.ts';
import { joinPack } from '../../src/stack/join-pack.ts';

const configs: Readonly<Record<string, Config>> = {
  'the default config': {},
  'a service alone': {
    services: [{ name: 'shop', url: 'http://localhost:4000' }],
    exporters: { node: false, blackbox: false },
    business: [],
  },
  'everything, under other names': {
    exporters: { containers: true, kubernetes: true, remoteWrite: true, tracing: true },
    naming: 'otel',
    identity: { service: 'app', environment: 'env' },
  },
  'the names of another library': { naming: 'promster' },
  'a database elsewhere': {
    services: [{ name: 'shop', url: 'https://shop.example.com', database: { exporter: 'db.example.com:9187' } }],
  },
  'hostile names': {
    environment: "p|r*d's",
    services: [
      { name: 'api', url: 'http://localhost:3000', team: '[x](y) `z` <b> | # @', database: true, redis: true },
    ],
    alerts: { BackupStale: { enabled: false } },
  },
};

describe.each(Object.entries(configs))('runbooks of %s', (_, config) => {
  const pack = joinPack(toModel(config));
  const files = runbookFiles(pack);

  it('pass every check', () => {
    expect(checkRunbooks({ pack, files })).toEqual([]);
  });

  it('hold only shell that bash can parse', () => {
    const blocks = [...files].flatMap(([path, text]) =>
      fencesOf(text)
        .filter(({ language }) => language === 'sh')
        .map(({ code }) => ({ path, code })),
    );
    expect(blocks.length).toBeGreaterThan(100);
    expect(unparsable(blocks)).toEqual([]);
  });

  it('come out the same each time', () => {
    expect([...runbookFiles(joinPack(toModel(config)))]).toEqual([...files]);
  });
});

describe('allRunbooks()', () => {
  it('are the six', () => {
    expect(allRunbooks(toModel({})).map(({ id }) => id)).toEqual([...runbookIds]);
  });
});

describe('allAlertPages()', () => {
  it('are named after their alerts', () => {
    expect(allAlertPages(toModel({})).map(({ alert }) => alert)).toEqual([...alertPageNames]);
  });

  it('say the thresholds of the config', () => {
    const pack = joinPack(toModel({ alerts: { HighErrorRate: { threshold: 0.07 } } }));
    const text = runbookFiles(pack).get('runbooks/alerts/HighErrorRate.md') ?? '';
    expect(text).toContain('More than 7 % of the requests');
    expect(text).toContain('threshold: 0.07');
    expect(text).toContain('> 0.07');
    expect(text).not.toContain('0.05');
  });
});

/** Blocks that `bash -n` refuses, by one shell for all of them. */
function unparsable(blocks: readonly { readonly path: string; readonly code: string }[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-blocks-'));
  try {
    blocks.forEach(({ code }, index) => writeFileSync(join(folder, `${index}.sh`), `${code}\n`));
    const script = 'for f in *.sh; do bash -n "$f" 2>/dev/null || echo "${f%.sh}"; done';
    const refused = execFileSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' }).split('\n').filter(Boolean);
    return refused.map((index) => `${blocks[Number(index)]?.path ?? ''}: ${blocks[Number(index)]?.code ?? ''}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
