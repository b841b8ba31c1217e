import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { httpCatalog } from '../../src/catalog/http.ts';
import { rate } from '../../src/promql/functions.ts';
import { count, matching } from '../../src/promql/selector.ts';
import type { RenderContext } from '../../src/promql/render-context.ts';
import { expressionsOf, quoteShell, renderScript, sh } from '../../src/runbooks/shell.ts';

const context: RenderContext = {
  naming: 'prometheus',
  identity: { service: 'service', environment: 'environment' },
  scope: 'rule',
};
const failures = rate(count(httpCatalog.duration, { status_code: matching('5..') }), '5m');

describe('sh', () => {
  it('quotes a query as one word', () => {
    expect(renderScript(sh`promtool query instant http://localhost:9090 ${failures}`, context)).toBe(
      'promtool query instant http://localhost:9090 \'rate(http_request_duration_seconds_count{status_code=~"5.."}[5m])\'',
    );
  });

  it('keeps backslashes, and takes them from an escaped "${" and backtick', () => {
    expect(renderScript(sh`printf 'a\n' "\${NAME:?set it}" \`date\``, context)).toBe(
      'printf \'a\\n\' "${NAME:?set it}" `date`',
    );
  });

  it('puts a script into a script as it is, and a number too', () => {
    expect(renderScript(sh`${sh`tail -n`} ${20}`, context)).toBe('tail -n 20');
  });

  it('drops the indentation of the source', () => {
    const script = sh`
      if true; then
        echo yes
      fi
    `;
    expect(renderScript(script, context)).toBe('if true; then\n  echo yes\nfi');
  });

  it('knows the queries inside', () => {
    expect(expressionsOf(sh`${sh`a ${failures}`} b`)).toEqual([failures]);
  });
});

describe('quoteShell()', () => {
  it('makes any text one word of bash that reads as it was written', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((value) => !value.includes('\0'));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 40 }), (words) => {
        const said = execFileSync('bash', ['-c', `printf '%s\\0' ${words.map(quoteShell).join(' ')} end`], {
          encoding: 'utf8',
        });
        expect(said.split('\0').slice(0, -2)).toEqual(words);
      }),
      { numRuns: 20 },
    );
  });
});
