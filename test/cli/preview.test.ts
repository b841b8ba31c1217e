import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { index, packFiles, write } from '../preview/fixture.ts';
import { startUpstream, type TestUpstream } from '../preview/upstream.ts';
import { buildCli, type BuiltCli, type Running } from './built-cli.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let cli: BuiltCli;
let folder: string;
let prometheus: TestUpstream;
let running: Running[] = [];

beforeAll(async () => {
  cli = await buildCli();
  await write(cli.folder, { 'dist/preview-page/index.html': index });
  prometheus = await startUpstream();
}, 120_000);
afterAll(async () => {
  await prometheus.close();
  await cli.remove();
});

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'telltale-run-')));
  await write(folder, packFiles);
});
afterEach(async () => {
  for (const { signal, ended } of running) {
    signal('SIGKILL');
    await ended;
  }
  running = [];
  await rm(folder, { recursive: true, force: true });
});

/** Starts `telltale preview`, and waits until it has printed all that it prints. */
async function start(words: readonly string[], preload?: readonly string[]): Promise<Running & { url: string }> {
  const started = cli.start(['preview', ...words], folder, preload);
  running.push(started);
  const early = started.ended.then(({ err }) => Promise.reject(new Error(`It ended: ${err}`)));
  await Promise.race([vi.waitFor(() => expect(started.out()).toContain('Ctrl-C ends it.\n'), 20_000), early]);
  return { ...started, url: /http\S+/.exec(started.out())?.[0] ?? 'none' };
}

// Some tests start the command twice, on machines that are busy.
describe('telltale preview', { timeout: 30_000 }, () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('serves the folder it runs in until %s', async (name) => {
    const { url, signal, ended } = await start(['--prometheus', prometheus.url, '--port', '0']);
    expect(await (await fetch(url)).text()).toBe(index);
    expect(await (await fetch(`${url}/api/preview`)).json()).toMatchObject({
      prometheus: prometheus.url,
      scrapeIntervalSeconds: 15,
      dashboards: [{ uid: 'telltale-api' }],
    });
    signal(name);
    expect(await ended).toEqual({
      code: 0,
      signal: null,
      err: '',
      out: [
        `preview       ${url}`,
        `prometheus    ${prometheus.url}`,
        `folder        ${folder}: 1 dashboard, 3 runbooks`,
        'Ctrl-C ends it.',
        '',
      ].join('\n'),
    });
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('takes addresses and folder from the config, and shows no password', async () => {
    await write(folder, {
      'telltale.config.ts': `export default { output: 'pack', links: { prometheus: '${prometheus.url}', alertmanager: '${prometheus.url}/am' } };`,
      'pack/dashboards/own.json': '{ "uid": "own", "title": "Own" }',
    });
    const first = await start(['--port', '0', '--scrape-interval', '5s']);
    expect(await (await fetch(`${first.url}/api/preview`)).json()).toEqual({
      prometheus: prometheus.url,
      alertmanager: `${prometheus.url}/am`,
      scrapeIntervalSeconds: 5,
      dashboards: [{ uid: 'own', title: 'Own', description: '' }],
      runbooks: [],
      controls: false,
    });
    const address = prometheus.url.replace('//', '//me:secret@');
    const second = await start(['--port', '0', '--prometheus', address, '--folder', '.']);
    expect(second.out()).toBe(
      `preview       ${second.url}\nprometheus    ${prometheus.url}\nfolder        ${folder}: 1 dashboard, 3 runbooks\nCtrl-C ends it.\n`,
    );
  });

  it('warns, and goes on, when Prometheus does not answer or others can look', async () => {
    const gone = await startUpstream();
    await gone.close();
    const { signal, ended } = await start(['--prometheus', gone.url, '--port', '0', '--host', '0.0.0.0']);
    signal('SIGINT');
    expect(await ended).toMatchObject({
      code: 0,
      err: [
        'warning: It listens on 0.0.0.0: anyone who can reach this port can read your metrics',
        `warning: Cannot reach Prometheus at ${gone.url}: connection refused: is it running?`,
        '',
      ].join('\n'),
    });
  });

  it('sends the token of a file', async () => {
    await write(folder, { 'secrets/token': 'abc.def' });
    const { url } = await start(['--prometheus', prometheus.url, '--port', '0', '--token-file', 'secrets/token']);
    await fetch(`${url}/api/prometheus/api/v1/labels`);
    expect(prometheus.seen.at(-1)).toMatchObject({ headers: { authorization: 'Bearer abc.def' } });
  });

  it('ends at once at the second Ctrl-C', async () => {
    const stuck = join(folder, 'stuck.mjs');
    await writeFile(
      stuck,
      "import { Server } from 'node:http';\nServer.prototype.close = () => setInterval(() => {}, 1e6);\n",
    );
    const { url, signal, ended } = await start(
      ['--prometheus', prometheus.url, '--port', '0'],
      [pathToFileURL(stuck).href],
    );
    const idle = await fetch(url);
    await idle.text();
    signal('SIGINT');
    const early = await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 300, 'runs'))]);
    signal('SIGINT');
    expect([early, await ended]).toMatchObject(['runs', { signal: 'SIGINT' }]);
  });

  it('ends with what to do when there is nothing to show', async () => {
    const empty = join(folder, 'empty');
    await mkdir(empty);
    expect(await cli.run(['preview', '--port', '0', '--folder', 'empty'], folder)).toEqual({
      code: 2,
      out: '',
      err: `error: Cannot preview "${empty}" as there is no dashboard in its dashboards/\nfix: run "telltale generate" there, or name the folder that it wrote to with --folder\n`,
    });
  });

  it('ends with what to do when its port is taken', async () => {
    expect(await cli.run(['preview', '--port', String(prometheus.port)], folder)).toEqual({
      code: 2,
      out: '',
      err: `error: Cannot serve the preview at 127.0.0.1, port ${prometheus.port}: another program listens there\nfix: choose another port with --port, or 0 for a free one\n`,
    });
  });

  it('ends with what to do when its page is missing from the package', async () => {
    const page = join(cli.folder, 'dist/preview-page');
    await rm(page, { recursive: true });
    const ended = await cli.run(['preview', '--port', '0'], folder);
    await write(page, { 'index.html': index });
    expect(ended).toEqual({
      code: 2,
      out: '',
      err: `error: Cannot serve the preview as its page is not in "${page}"\nfix: install telltale again: its package holds the page\n`,
    });
  });

  it.each([
    [['--port', 'x'], 'Cannot use "x" as --port: must be a whole number', 'correct the value of --port'],
    [['--port', '65536'], 'Cannot use 65536 as a port: must be a whole number from 0 to 65535', expect.any(String)],
    [
      ['--scrape-interval', '15'],
      'Cannot use "15" as --scrape-interval: must be a number and one unit of s, m, h, d and w, such as "15s"',
      'correct the value of --scrape-interval',
    ],
    [
      ['--prometheus', 'me:secret@prometheus:9090'],
      'Cannot use "***@prometheus:9090" as the address of Prometheus: must be http or https, without "?" and "#", and parse',
      'correct the options and start again',
    ],
    [
      ['--config', 'missing.ts'],
      expect.stringMatching(/^Cannot use ".*missing\.ts" as a config: there is no such file$/),
      'correct the path given with --config',
    ],
    [['--open'], expect.stringMatching(/^Cannot run "preview" as it has no option "--open"/), expect.any(String)],
  ])('refuses %j', async (words, message, fix) => {
    const { code, out, err } = await cli.run(['preview', ...words], folder);
    const [, error, advice] = /^error: (.*)\nfix: (.*)\n$/.exec(err) ?? [];
    expect([code, out, error, advice]).toEqual([2, '', message, fix]);
  });

  it('does without a config, but not with a broken one', async () => {
    await write(folder, { 'telltale.config.ts': "export default { profile: 'x' };" });
    expect(await cli.run(['preview', '--port', '0'], folder)).toMatchObject({
      code: 2,
      err: expect.stringContaining('Cannot use profile as the profile must be one of'),
    });
  });

  it('lists its options', async () => {
    expect((await cli.run(['preview', '--help'], root)).out).toMatchInlineSnapshot(`
      "telltale preview: show the dashboards and runbooks in a browser, with data from a Prometheus, until Ctrl-C.

      Usage: telltale preview [options]

        --prometheus <url>            Prometheus to ask (default: \`links.prometheus\` of the config, else http://localhost:9090)
        --alertmanager <url>          Alertmanager to ask (default: \`links.alertmanager\` of the config, unless --prometheus is given)
        --config <file>               config to read (default: telltale.config.{ts,mts,js,mjs,json} in this folder)
        --folder <folder>             folder with dashboards/ and runbooks/ (default: where \`generate\` writes them, else this folder)
        --port <port>                 port to listen on; 0 takes a free one (default: 3010)
        --host <address>              address to listen on (default: 127.0.0.1, for this machine only)
        --token-file <file>           file with a bearer token for Prometheus
        --scrape-interval <duration>  how often Prometheus scrapes, e.g. 15s (default: as its configuration says)
      "
    `);
  });
});
