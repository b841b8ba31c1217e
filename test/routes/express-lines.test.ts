import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { expressLines, type ExpressLine } from '../support/express-lines.ts';

const require = createRequire(import.meta.url);

interface Manifest {
  readonly version: string;
}

/** Versions of an Express and of the router that it loads: Express 4 carries its own. */
function versionsOf({ packageName }: ExpressLine): readonly [express: string, router: string] {
  const fromExpress = createRequire(require.resolve(packageName));
  const { version } = require(`${packageName}/package.json`) as Manifest;
  const own = packageName === 'express4';
  return [version, own ? 'its own' : (fromExpress('router/package.json') as Manifest).version];
}

test('the lines that tests run against are the three that differ inside', () => {
  expect(expressLines.map((line) => [line.name, ...versionsOf(line)])).toEqual([
    ['Express 4.22', '4.22.3', 'its own'],
    ['Express 5 with router 2.2', '5.2.1', '2.2.0'],
    ['Express 5 with router 2.3', '5.3.0', '2.3.0'],
  ]);
});

test('each line routes with the router that was found for it', () => {
  const marks = expressLines.map(({ express }) => {
    const [layer] = (express.Router().use('/a', () => undefined) as unknown as { stack: readonly object[] }).stack;
    return ['regexp', 'matchers', 'rawPath'].filter((name) => name in (layer ?? {}));
  });
  expect(marks).toEqual([['regexp'], ['matchers'], ['matchers', 'rawPath']]);
});
