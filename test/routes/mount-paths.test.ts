import { afterEach, describe, expect, test, vi } from 'vitest';
import type { LayerLike, MatcherLike } from '../../src/routes/express-shapes.ts';
import { pathsOf } from '../../src/routes/layer-paths.ts';
import { learnMountPath } from '../../src/routes/learn-mount.ts';
import { matchesEverything, templateOfPath } from '../../src/routes/path-text.ts';
import { expressLines } from '../support/express-lines.ts';
import { ok } from '../support/express-rows.ts';

const [express4, router22] = expressLines;

type MountPath = string | RegExp | readonly MountPath[];

function mountLayer(line: (typeof expressLines)[number] | undefined, path: MountPath): LayerLike {
  const router = line?.express.Router().use(path as string, ok) as unknown as { readonly stack: readonly LayerLike[] };
  const [layer] = router.stack;
  if (layer === undefined) throw new Error('no layer');
  return layer;
}

afterEach(() => {
  vi.restoreAllMocks();
});

function matcherOf(path: string | RegExp): MatcherLike {
  const [matcher] = mountLayer(router22, path).matchers ?? [];
  if (matcher === undefined) throw new Error('no matcher');
  return matcher;
}

describe('pathsOf() reads a mount of Express 4 back from its RegExp', () => {
  test.each([
    ['/', ['']],
    ['/api', ['/api']],
    ['/API/v1/', ['/API/v1']],
    ['/t/:tid', ['/t/:tid']],
    ['/a.b/:from-:to', ['/a.b/:from-:to']],
    ['/file.:ext', ['/file.:ext']],
    ['/opt/:id?', ['/opt/:id?']],
    [String.raw`/n/:id(\d+)`, [String.raw`/n/:id(\d+)`]],
    ['/files/*', ['/files/*']],
    ['*', ['/*']],
    [
      ['/one', '/two/:a/:b', '/three'],
      ['/one', '/two/:a/:b', '/three'],
    ],
    [/^\/re(\d+)/, [String.raw`/re(\d+)`]],
    [/^\/(?:a|b)/, ['/(?:a|b)']],
  ] as const)('%s', (path, templates) => {
    expect(pathsOf(mountLayer(express4, path)).map(({ template }) => template)).toEqual(templates);
  });

  test('from older spellings of the RegExp too', () => {
    const handle = ok as LayerLike['handle'];
    const keys = [{ name: 'tid' }];
    const older = String.raw`^\/t\/(?:([^\/]+?))\/?(?=\/|$)`;
    const single = { handle, keys, regexp: new RegExp(older, 'i') };
    const joined = { handle, keys, regexp: new RegExp(String.raw`(?:^\/one\/?(?=\/|$)|${older})`, 'i') };
    expect(pathsOf(single).map(({ template }) => template)).toEqual(['/t/:tid']);
    expect(pathsOf(joined).map(({ template }) => template)).toEqual(['/one', '/t/:tid']);
  });
});

describe('learnMountPath() learns a mount of router 2.0 to 2.2 from a path', () => {
  test.each([
    ['/api', '/api', '/api'],
    ['/api', '/api/', '/api'],
    ['/t/:tid', '/t/77', '/t/:tid'],
    ['/t/:tid', '/t/t', '/t/:tid'],
    ['/t/:tid', '/t/a%20b', '/t/:tid'],
    ['/:a/x/:b', '/x/x/x', '/:a/x/:b'],
    ['/v:major/:name', '/v1/1', '/v:major/:name'],
    ['/files/*rest', '/files/a/b', '/files/*rest'],
  ])('%s from %s', (path, concrete, template) => {
    expect(learnMountPath(matcherOf(path), concrete)).toBe(template);
  });

  test.each([
    ['a RegExp with text that varies', /^\/tenant-\w+/, '/tenant-1'],
    ['a RegExp with a group of digits', /^\/n(\d+)/, '/n12'],
  ])('nothing from %s, rather than a piece of a URL', (_name, path, concrete) => {
    expect(learnMountPath(matcherOf(path), concrete)).toBeUndefined();
  });

  test('is what mounts fall back to where Node has no inspector', () => {
    vi.spyOn(process, 'getBuiltinModule').mockImplementation(() => {
      throw new Error('no inspector');
    });
    const [path] = pathsOf(mountLayer(router22, '/t/:tid'));
    expect([path?.template, path?.match('/t/77/x'), path?.learn?.('/t/77')]).toEqual([undefined, '/t/77', '/t/:tid']);
  });
});

describe('pathsOf() reads a mount of router 2.0 to 2.2 out of its closure', () => {
  test.each([
    ['/', ['']],
    ['/api', ['/api']],
    ['/API/v1/', ['/API/v1']],
    ['/t/:tid', ['/t/:tid']],
    ['/a.b-c/:from-:to', ['/a.b-c/:from-:to']],
    ['/files/*rest', ['/files/*rest']],
    ['/*splat', ['/*splat']],
    ['{/:lang}/docs', ['{/:lang}/docs']],
    ['/file/:name{.:ext}', ['/file/:name{.:ext}']],
    ['/a{/a}', ['/a{/a}']],
    ['/a{/b{/c}}', ['/a/b/c', '/a/b', '/a']],
    [String.raw`/a/:"b c"/\:x`, [String.raw`/a/:"b c"/\:x`]],
    [/^\/re(\d+)/g, [String.raw`/re(\d+)`]],
    [
      ['/one', '/two/:a/:b', /^\/x|y/],
      ['/one', '/two/:a/:b', '/x|y'],
    ],
    [
      [['/one', '/two/:a'], '/three'],
      ['/one', '/two/:a', '/three'],
    ],
  ] as const)('%s', (path, templates) => {
    expect(pathsOf(mountLayer(router22, path)).map(({ template }) => template)).toEqual(templates);
  });

  test('and matches as the router does', () => {
    const [path] = pathsOf(mountLayer(router22, '/T/:tid'));
    expect(['/t/7/x', '/t/7', '/t', '/tt/7'].map((sent) => path?.match(sent))).toEqual([
      '/t/7',
      '/t/7',
      undefined,
      undefined,
    ]);
  });
});

describe('templateOfPath()', () => {
  test.each([
    ['/', ''],
    ['/users/:id/', '/users/:id'],
    ['users', '/users'],
    ['*', '/*'],
    ['{/:lang}/docs', '{/:lang}/docs'],
    [/^\/re\/(\d+)$/, String.raw`/re/(\d+)`],
    [/.*fly$/, '/.*fly'],
    [/^\/a\/?$/, '/a'],
  ])('of %s is "%s"', (path, template) => {
    expect(templateOfPath(path)).toBe(template);
  });

  test.each(['', '/*', '/*splat', '/{*splat}', '/(.*)', '/.*'])('"%s" matches everything', (template) => {
    expect(matchesEverything(template)).toBe(true);
  });

  test.each(['/a/*', '/:id', '/*splat/x', '/'])('"%s" does not match everything', (template) => {
    expect(matchesEverything(template)).toBe(false);
  });
});
