import { chmod, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { PreviewInfo } from '../../src/preview/answers.ts';
import type { PreviewOptions } from '../../src/preview/preview-options.ts';
import { createStage, dashboard, packFiles, runbook, write } from './fixture.ts';
import { problemOf, send } from './send.ts';

const stage = createStage();
afterEach(() => stage.clear());

const root = fileURLToPath(new URL('../..', import.meta.url));
const prometheus = 'http://127.0.0.1:9';

async function start(folder: string, options: Partial<PreviewOptions> = {}): Promise<number> {
  return (await stage.preview({ prometheus, folder, ...options })).port;
}

async function infoOf(port: number): Promise<PreviewInfo> {
  return JSON.parse((await send(port, { target: '/api/preview' })).body) as PreviewInfo;
}

describe('GET /api/preview', () => {
  it('lists what the folder holds, and what dashboards open with', async () => {
    const port = await start(await stage.folder(packFiles), {
      alertmanager: 'http://me:secret@127.0.0.1:9/am/',
      scrapeIntervalSeconds: 30,
      from: 'now-15m',
      refresh: '5s',
      controls: { list: async () => [], set: () => Promise.reject(new Error('never')) },
    });
    const { status, headers } = await send(port, { target: '/api/preview' });
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'application/json; charset=utf-8',
      'no-store',
    ]);
    expect(await infoOf(port)).toEqual({
      prometheus,
      alertmanager: 'http://127.0.0.1:9/am',
      scrapeIntervalSeconds: 30,
      dashboards: [{ uid: 'telltale-api', title: 'Telltale: API', description: 'Are users served?' }],
      runbooks: [
        { path: 'README.md', title: 'Runbooks', kind: 'index' },
        { path: 'rollback.md', title: 'Rollback', kind: 'runbook' },
        { path: 'alerts/HighErrorRate.md', title: 'HighErrorRate', kind: 'alert' },
      ],
      from: 'now-15m',
      refresh: '5s',
      controls: true,
    });
  });

  it('lists the shipped pack: five dashboards with the question of each, and every runbook', async () => {
    const { dashboards, runbooks, controls } = await infoOf(await start(root));
    expect(dashboards.map(({ uid, description }) => [uid, description])).toEqual([
      ['telltale-api', 'Are users served, how fast, and which endpoint is at fault?'],
      ['telltale-database', 'Is the database, the pool or the query the problem?'],
      ['telltale-business', 'Is the product being used and paid for?'],
      ['telltale-infrastructure', 'Is a resource saturated?'],
      ['telltale-errors', 'What is failing, since when, where?'],
    ]);
    const files = (await readdir(join(root, 'runbooks'), { recursive: true })).filter((file) => file.endsWith('.md'));
    expect(runbooks.map(({ path }) => path).sort()).toEqual(files.sort());
    expect(runbooks.filter(({ title, path }) => title === path)).toEqual([]);
    expect(controls).toBe(false);
  });

  it('puts dashboards of the user behind the shipped ones, by title', async () => {
    const { dashboards } = await infoOf(
      await start(
        await stage.folder({
          'dashboards/a.json': dashboard('own-z', 'Zebras', 'Striped?'),
          'dashboards/b.json': '{ "uid": "own-a", "title": "Ants" }',
          'dashboards/telltale-errors.json': dashboard('telltale-errors', 'Telltale: Errors', 'What is failing?'),
          'dashboards/telltale-database.json': dashboard('telltale-database', 'Telltale: Database', 'Is it the pool?'),
          'dashboards/notes.txt': 'not a dashboard',
          'dashboards/.draft.json': 'not a dashboard',
        }),
      ),
    );
    expect(dashboards).toEqual([
      { uid: 'telltale-database', title: 'Telltale: Database', description: 'Is it the pool?' },
      { uid: 'telltale-errors', title: 'Telltale: Errors', description: 'What is failing?' },
      { uid: 'own-a', title: 'Ants', description: '' },
      { uid: 'own-z', title: 'Zebras', description: 'Striped?' },
    ]);
  });

  it('shows what was generated since, without a restart', async () => {
    const folder = await stage.folder(packFiles);
    const port = await start(folder);
    await write(folder, {
      'dashboards/telltale-api.json': dashboard('telltale-api', 'New title', 'New?'),
      'runbooks/rollback.md': runbook('Roll forward'),
    });
    await rm(join(folder, 'runbooks/alerts'), { recursive: true });
    expect(await infoOf(port)).toMatchObject({
      dashboards: [{ uid: 'telltale-api', title: 'New title', description: 'New?' }],
      runbooks: [{ path: 'README.md' }, { path: 'rollback.md', title: 'Roll forward' }],
    });
    await rm(folder, { recursive: true });
    expect(await infoOf(port)).toMatchObject({ dashboards: [], runbooks: [] });
  });

  it('lists a runbook without a heading by its path', async () => {
    const folder = await stage.folder({ ...packFiles, 'runbooks/notes.md': 'Text.\n' });
    expect((await infoOf(await start(folder))).runbooks).toContainEqual({
      path: 'notes.md',
      title: 'notes.md',
      kind: 'runbook',
    });
  });
});

describe('GET /api/dashboards/:uid', () => {
  it('answers with the file as emitted', async () => {
    const port = await start(root);
    const { headers, body } = await send(port, { target: '/api/dashboards/telltale-api' });
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(body).toBe(await readFile(join(root, 'dashboards/telltale-api.json'), 'utf8'));
  });

  it('finds a dashboard by its uid, whatever its file is called', async () => {
    const text = dashboard('über/uns', 'Own', 'Who?');
    const port = await start(await stage.folder({ 'dashboards/x.json': text }));
    expect((await send(port, { target: `/api/dashboards/${encodeURIComponent('über/uns')}` })).body).toBe(text);
  });

  it('says which there are', async () => {
    const folder = await stage.folder(packFiles);
    const port = await start(folder);
    const target = '/api/dashboards/telltale-apis';
    expect(await problemOf(port, { target })).toEqual({
      status: 404,
      error: 'Cannot find this dashboard: known are telltale-api',
    });
    await rm(join(folder, 'dashboards'), { recursive: true });
    expect(await problemOf(port, { target })).toEqual({
      status: 404,
      error: 'Cannot find this dashboard: known are none: run "telltale generate"',
    });
  });

  it.each([
    ['{ "uid": ', /^Cannot show dashboards\/broken\.json: it is not JSON: /],
    ['', /^Cannot show dashboards\/broken\.json: it is not JSON: /],
    ['[]', /^Cannot show dashboards\/broken\.json: it needs a uid and a title$/],
    ['{ "uid": "x" }', /^Cannot show dashboards\/broken\.json: it needs a uid and a title$/],
    ['{ "uid": "", "title": "x" }', /^Cannot show dashboards\/broken\.json: it needs a uid and a title$/],
    ['null', /^Cannot show dashboards\/broken\.json: it is no dashboard$/],
  ])('says what is wrong with a file that holds %j, and shows the others', async (text, sentence) => {
    const port = await start(await stage.folder({ ...packFiles, 'dashboards/broken.json': text }));
    const problem = expect.stringMatching(sentence) as unknown;
    expect((await infoOf(port)).dashboards).toEqual([
      { uid: 'telltale-api', title: 'Telltale: API', description: 'Are users served?' },
      { uid: 'broken', title: 'broken.json', description: problem },
    ]);
    expect(await problemOf(port, { target: '/api/dashboards/broken' })).toEqual({ status: 500, error: problem });
    expect((await send(port, { target: '/api/dashboards/telltale-api' })).status).toBe(200);
  });

  it('says that a file cannot be read', async () => {
    const folder = await stage.folder({ ...packFiles, 'dashboards/folder.json/x': '' });
    await symlink('/nowhere', join(folder, 'dashboards/gone.json'));
    const port = await start(folder);
    expect(await problemOf(port, { target: '/api/dashboards/folder' })).toEqual({
      status: 500,
      error: 'Cannot show dashboards/folder.json: EISDIR',
    });
    expect(await problemOf(port, { target: '/api/dashboards/gone' })).toEqual({
      status: 500,
      error: 'Cannot show dashboards/gone.json: ENOENT',
    });
  });
});

describe('GET /api/runbooks/<path>', () => {
  it('answers with Markdown that no browser takes for a page', async () => {
    const port = await start(root);
    const { headers, body } = await send(port, { target: '/api/runbooks/alerts/HighErrorRate.md' });
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(body).toBe(await readFile(join(root, 'runbooks/alerts/HighErrorRate.md'), 'utf8'));
  });

  it.each([
    'missing.md',
    'alerts',
    'alerts/',
    '',
    'notes.txt',
    'linked.md',
    'linked/secret.md',
    '../secret.md',
    '%2e%2e/secret.md',
    '..%2fsecret.md',
    '..%5csecret.md',
    'alerts/../../secret.md',
    '/secret.md',
    '%2fsecret.md',
    'rollback.md%00',
    'rollback.md/',
    '../dashboards/telltale-api.json',
  ])('has nothing from outside, and nothing but runbooks, at %j', async (path) => {
    const folder = await stage.folder({ ...packFiles, 'secret.md': '# secret', 'runbooks/notes.txt': 'secret' });
    const outside = await stage.folder({ 'secret.md': '# secret' });
    await symlink(join(outside, 'secret.md'), join(folder, 'runbooks/linked.md'));
    await symlink(outside, join(folder, 'runbooks/linked'));
    const { status, body } = await send(await start(folder), { target: `/api/runbooks/${path}` });
    expect([status >= 400 && status < 500, body.includes('# secret')]).toEqual([true, false]);
  });

  it('survives a page that cannot be read', async () => {
    const folder = await stage.folder(packFiles);
    const port = await start(folder);
    await chmod(folder, 0o755);
    await chmod(join(folder, 'runbooks/rollback.md'), 0);
    const [problem, info] = await withoutPrivileges(() =>
      Promise.all([problemOf(port, { target: '/api/runbooks/rollback.md' }), infoOf(port)]),
    );
    expect(problem).toEqual({ status: 500, error: 'Cannot show runbooks/rollback.md: EACCES' });
    expect(info.runbooks).toContainEqual({ path: 'rollback.md', title: 'rollback.md', kind: 'runbook' });
  });
});

/** Root may read everything, so it becomes nobody for a while. */
async function withoutPrivileges<T>(act: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return act();
  process.seteuid?.('nobody');
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
  }
}
