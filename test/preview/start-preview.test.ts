import type { Server } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import type { TelltaleError } from '../../src/errors.ts';
import type { PreviewOptions } from '../../src/preview/preview-options.ts';
import { startPreview } from '../../src/preview/start-preview.ts';
import { createStage, packFiles, pageFiles } from './fixture.ts';
import { send } from './send.ts';

const stage = createStage();
afterEach(() => stage.clear());

const prometheus = 'http://127.0.0.1:9';

/** Code, message and fix of the error that a start ends with. */
async function refusal(options: Partial<PreviewOptions>): Promise<Pick<TelltaleError, 'code' | 'message' | 'fix'>> {
  const error = await stage.preview({ prometheus, ...options }).then(
    () => undefined,
    (error: unknown) => error as TelltaleError,
  );
  return { code: error?.code ?? 'TELLTALE_CONFIG', message: error?.message ?? 'it started', fix: error?.fix };
}

describe('startPreview()', () => {
  it('listens on a free port of the loopback address', async () => {
    const upstream = await stage.upstream();
    const { url, port, warnings } = await stage.preview({ prometheus: upstream.url });
    expect([url, warnings, (await send(port, {})).status]).toEqual([`http://127.0.0.1:${port}`, [], 200]);
    const outside = Object.values(networkInterfaces()).flat();
    for (const one of outside.filter((one) => one !== undefined && !one.internal && one.family === 'IPv4')) {
      await expect(connected(port, one?.address ?? '')).resolves.toBe(false);
    }
  });

  it('warns when others can reach it', async () => {
    const upstream = await stage.upstream();
    const { url, port, warnings } = await stage.preview({ prometheus: upstream.url, host: '0.0.0.0' });
    expect([url, warnings]).toEqual([
      `http://localhost:${port}`,
      ['It listens on 0.0.0.0: anyone who can reach this port can read your metrics'],
    ]);
  });

  it('warns of each server that does not answer, and starts', async () => {
    const silent = await stage.upstream();
    await silent.close();
    const { port, warnings } = await stage.preview({ prometheus: silent.url, alertmanager: silent.url });
    expect([warnings, (await send(port, {})).status]).toEqual([
      [
        `Cannot reach Prometheus at ${silent.url}: connection refused: is it running?`,
        `Cannot reach Alertmanager at ${silent.url}: connection refused: is it running?`,
      ],
      200,
    ]);
  });

  it('names every wrong option at once, and no password', async () => {
    expect(
      await refusal({
        prometheus: 'ftp://me:secret@host',
        alertmanager: 'http://me:pa/ss@word@host:x/?token=secret',
        host: 'a b',
        port: 65_536,
        scrapeIntervalSeconds: 0,
        upstreamTimeoutMillis: Number.NaN,
        from: '15m',
        refresh: '5',
      }),
    ).toEqual({
      code: 'TELLTALE_OPTION',
      message: [
        'Cannot use "ftp://***@host" as the address of Prometheus: must be http or https, without "?" and "#", and parse',
        'Cannot use "http://***@host:x/?token=secret" as the address of Alertmanager: must be http or https, without "?" and "#", and parse',
        'Cannot use "a b" as the address to listen on: must be an IP address or a host name',
        'Cannot use 65536 as a port: must be a whole number from 0 to 65535',
        'Cannot use 0 as the scrape interval in seconds: must be a number above 0',
        'Cannot use NaN as a timeout in milliseconds: must be a number above 0',
        'Cannot use "15m" as the start of the time range: must be such as "now-15m"',
        'Cannot use "5" as a refresh: must be such as "5s"',
      ].join('\n'),
      fix: 'correct the options and start again',
    });
  });

  it.each([
    '',
    'localhost:9090',
    '9090',
    'http://',
    'http://h?x=1',
    'http://h/#x',
    ' http://h',
    'http://h\n',
    'http://%@h',
  ])('refuses %j as the address of Prometheus', async (address) => {
    expect(await refusal({ prometheus: address })).toMatchObject({
      code: 'TELLTALE_OPTION',
      message: expect.stringMatching(/ as the address of Prometheus: must be http/),
    });
  });

  it('says what to do in a folder without dashboards', async () => {
    const folder = await stage.folder({ 'dashboards/readme.txt': '' });
    for (const place of [folder, join(folder, 'missing'), join(folder, 'dashboards')]) {
      expect(await refusal({ folder: place })).toEqual({
        code: 'TELLTALE_OPTION',
        message: `Cannot preview "${place}" as there is no dashboard in its dashboards/`,
        fix: 'run "telltale generate" there, or name the folder that it wrote to with --folder',
      });
    }
  });

  it('says what to do when the page is not built', async () => {
    const folder = await stage.folder({ 'assets/index.js': '' });
    for (const place of [folder, join(folder, 'missing')]) {
      expect(await refusal({ pageFolder: place })).toEqual({
        code: 'TELLTALE_SERVER',
        message: `Cannot serve the preview as its page is not in "${place}"`,
        fix: 'build it: npm run build:preview',
      });
    }
  });

  it('says what is wrong with a token file, but not what is in it', async () => {
    const folder = await stage.folder({ empty: '\n', two: 'secret one\nsecret two\n' });
    for (const name of ['empty', 'two']) {
      expect(await refusal({ tokenFile: join(folder, name) })).toEqual({
        code: 'TELLTALE_OPTION',
        message: `Cannot use "${join(folder, name)}" as a token file: it must hold one token`,
        fix: 'write the token, and nothing else, into the file',
      });
    }
    expect(await refusal({ tokenFile: join(folder, 'missing') })).toMatchObject({
      message: `Cannot read "${join(folder, 'missing')}" as a token file: ENOENT`,
    });
    expect(await refusal({ prometheus: 'http://me:secret@h', tokenFile: join(folder, 'two') })).toMatchObject({
      message: 'Cannot use a token file with a user and password in the address: Prometheus takes one of them',
    });
  });

  it('says what to do when the port is taken', async () => {
    const { port } = await stage.upstream();
    expect(await refusal({ port })).toEqual({
      code: 'TELLTALE_SERVER',
      message: `Cannot serve the preview at 127.0.0.1, port ${port}: another program listens there`,
      fix: 'choose another port with --port, or 0 for a free one',
    });
  });

  it.each(['192.0.2.1', 'preview.invalid'])('says what to do when %s is not its own', async (host) => {
    expect(await refusal({ host })).toEqual({
      code: 'TELLTALE_SERVER',
      message: `Cannot serve the preview at ${host}, port 0: this machine has no such address`,
      fix: 'leave --host out to listen on 127.0.0.1, or name an address of this machine',
    });
  });

  it('leaves no connection to Prometheus behind', async () => {
    const upstream = await stage.upstream();
    const preview = await stage.preview({ prometheus: upstream.url });
    expect(await openConnections(upstream.server)).toBe(1);
    await preview.stop();
    await expect.poll(() => openConnections(upstream.server)).toBe(0);
  });

  it('stops at once, whatever is open', async () => {
    const upstream = await stage.upstream(() => undefined);
    const options = { prometheus: upstream.url, scrapeIntervalSeconds: 15 };
    const folders = { folder: await stage.folder(packFiles), pageFolder: await stage.folder(pageFiles) };
    const preview = await startPreview({ ...options, ...folders });
    const idle = connect(preview.port, '127.0.0.1');
    const waiting = send(preview.port, { target: '/api/prometheus/api/v1/query' });
    await expect.poll(() => upstream.seen.length).toBe(1);
    const [, , ended] = await Promise.allSettled([preview.stop(), preview.stop(), waiting, closed(idle)]);
    expect(ended).toMatchObject({ status: 'rejected', reason: { code: 'ECONNRESET' } });
    await expect.poll(() => openConnections(upstream.server)).toBe(0);
    // The port is free again.
    const again = await startPreview({ ...options, ...folders, port: preview.port });
    await again.stop();
  });
});

function connected(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1_000 }, () => resolve(true));
    socket.on('error', () => resolve(false)).on('timeout', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}

function closed(socket: ReturnType<typeof connect>): Promise<void> {
  return new Promise((resolve) => socket.on('error', () => undefined).once('close', () => resolve()));
}

function openConnections(server: Server): Promise<number> {
  return new Promise((resolve) => server.getConnections((_error, count) => resolve(count)));
}
