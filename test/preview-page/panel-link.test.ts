import { describe, expect, it } from 'vitest';
import { resolveLink, resolveUrl } from '../../preview/src/query/panel-link.ts';
import { contextOf, single, variablesOf } from './query-context.ts';

const runbooks = ['README.md', 'rollback.md', 'alerts/HighErrorRate.md', 'alerts/rollback.md'];
const context = contextOf({ job: ['$__all'], route: ['/a&b'] });

describe('resolveUrl()', () => {
  it.each([
    ['a dashboard', '/d/telltale-api?viewPanel=7&from=now-1h', '/d/telltale-api?viewPanel=7&from=now-1h'],
    ['a runbook', 'http://localhost:9090/user/runbooks/alerts/HighErrorRate.md', '/runbooks/alerts/HighErrorRate.md'],
    [
      'a section of a runbook',
      'https://git.example/a/b/runbooks/rollback.md?plain=1#steps',
      '/runbooks/rollback.md#steps',
    ],
    ['the longest path that fits', 'https://git.example/runbooks/alerts/rollback.md', '/runbooks/alerts/rollback.md'],
    ['a runbook of this page', '/runbooks/README.md', '/runbooks/README.md'],
    ['a relative address', 'd/telltale-api', '/d/telltale-api'],
  ])('leads to a page of the preview for %s', (_what, url, href) => {
    expect(resolveUrl(url, runbooks)).toEqual({ href, external: false });
  });

  it.each([
    ['another site', 'http://localhost:16686/search?service=api', 'http://localhost:16686/search?service=api'],
    ['an unknown runbook', 'https://git.example/runbooks/nobody.md', 'https://git.example/runbooks/nobody.md'],
    ['a file of the same name elsewhere', 'https://git.example/README.md', 'https://git.example/README.md'],
    [
      'a name that only ends alike',
      'https://git.example/runbooks/my-rollback.md',
      'https://git.example/runbooks/my-rollback.md',
    ],
    ['no protocol', '//other.example/d/x', 'http://other.example/d/x'],
    ['backslashes', String.raw`/\other.example/d/x`, 'http://other.example/d/x'],
  ])('leaves the page for %s', (_what, url, href) => {
    expect(resolveUrl(url, runbooks)).toEqual({ href, external: true });
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'javascript://example.com/%0Aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'blob:http://localhost/1',
    'http://',
    'http://[',
  ])('goes nowhere for %j', (url) => {
    expect(resolveUrl(url, runbooks)).toBeUndefined();
  });

  it.each(['/.//other.example/x', '/a/..//other.example/x', String.raw`/.\/other.example`])(
    'does not take another host for a page: %s',
    (url) => {
      expect(resolveUrl(url, runbooks)?.href).toMatch(/^\/[^/\\]/);
    },
  );
});

describe('resolveLink()', () => {
  it('carries range and variables where the link says so', () => {
    const link = { title: 'Errors of $route', url: '/d/telltale-errors', includeVars: true, keepTime: true };
    expect(resolveLink(link, context, runbooks)).toEqual({
      title: 'Errors of /a&b',
      href: '/d/telltale-errors?from=now-15m&to=now&var-job=%24__all&var-route=%2Fa%26b',
      external: false,
    });
  });

  it('carries neither otherwise', () => {
    expect(resolveLink({ title: 'Errors', url: '/d/telltale-errors' }, context, runbooks)).toEqual({
      title: 'Errors',
      href: '/d/telltale-errors',
      external: false,
    });
  });

  it('adds to the parameters that are there, before the fragment', () => {
    const link = { title: '', url: '/d/x?viewPanel=7#top', keepTime: true };
    expect(resolveLink(link, context, runbooks)?.href).toBe('/d/x?viewPanel=7&from=now-15m&to=now#top');
  });

  it('does not let a value become a script', () => {
    const hostile = contextOf({}, { variables: variablesOf([single('x', 'javascript:alert(1)')]) });
    expect(resolveLink({ title: '', url: '$x' }, hostile, runbooks)).toBeUndefined();
  });

  it('goes nowhere without an address, as lists of dashboards by tag', () => {
    expect(resolveLink({ title: 'All', url: '' }, context, runbooks)).toBeUndefined();
  });
});
