import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { cacheFolder } from '../../servers/cache-folder.ts';
import { systemRelease } from '../../servers/debian/machine.ts';
import type { Environment } from '../../servers/find-tool.ts';
import { tempFolder } from '../../servers/process/temp-folder.ts';
import { provide } from '../../servers/provide.ts';

let root: string;
let environment: Environment;

beforeEach(async () => {
  const folder = await tempFolder('provide-test');
  onTestFinished(() => folder.remove());
  root = folder.path;
  // No apt on this PATH, and nobody else's cache.
  environment = { PATH: join(root, 'path'), HOME: join(root, 'home'), XDG_CACHE_HOME: join(root, 'cache') };
});

/** Puts a program into a folder that prints one line whatever it is asked. */
async function fake(path: string, line: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), `#!/bin/sh\necho '${line}'\n`);
  await chmod(join(root, path), 0o755);
}

describe('provide()', () => {
  it('takes a tool from PATH, under any of its names', async () => {
    await fake('path/prometheus-node-exporter', 'node_exporter, version 1.11.1 (branch: x)');
    expect(await provide('node-exporter', { environment })).toEqual({
      name: 'node-exporter',
      path: join(root, 'path/prometheus-node-exporter'),
      version: '1.11.1',
      origin: 'PATH',
      env: {},
      passedOver: [],
    });
  });

  it('prefers TELLTALE_TOOLS to PATH', async () => {
    await fake('path/promtool', 'promtool, version 3.9.0');
    await fake('mine/promtool', 'promtool, version 3.6.0');
    const tool = await provide('promtool', { environment: { ...environment, TELLTALE_TOOLS: join(root, 'mine') } });
    expect(tool).toMatchObject({ version: '3.6.0', origin: 'TELLTALE_TOOLS' });
  });

  it('passes over a copy that is too old, and says so', async () => {
    await fake('mine/promtool', 'promtool, version 2.42.0+ds');
    await fake('path/promtool', 'promtool, version 3.5.0');
    const tool = await provide('promtool', { environment: { ...environment, TELLTALE_TOOLS: join(root, 'mine') } });
    expect(tool).toMatchObject({
      origin: 'PATH',
      passedOver: [`${join(root, 'mine/promtool')} is 2.42.0, older than 3.5`],
    });
  });

  it("finds docker-compose among Docker's plugins", async () => {
    await fake('path/docker-compose', 'docker-compose version 1.29.2, build unknown');
    await fake('home/.docker/cli-plugins/docker-compose', 'Docker Compose version v2.40.3');
    const tool = await provide('docker-compose', { environment });
    expect(tool).toMatchObject({ version: '2.40.3', origin: 'Docker plugins' });
    expect(tool.passedOver).toEqual([`${join(root, 'path/docker-compose')} is 1.29.2, older than 2.20`]);
  });

  it('takes what was unpacked before, with the libraries it needs', async () => {
    const unpacked = relative(root, join(cacheFolder(environment, await systemRelease()), 'redis-server'));
    await fake(join(unpacked, 'usr/bin/redis-server'), 'Redis server v=7.0.15 sha=0');
    const note = { origin: 'Debian bookworm', libraryFolders: ['usr/lib/x', 'lib/x'] };
    await writeFile(join(root, unpacked, 'telltale.json'), JSON.stringify(note));
    expect(await provide('redis-server', { environment })).toMatchObject({
      origin: 'Debian bookworm',
      path: join(root, unpacked, 'usr/bin/redis-server'),
      env: { LD_LIBRARY_PATH: `${join(root, unpacked, 'usr/lib/x')}:${join(root, unpacked, 'lib/x')}` },
    });
  });

  it('does not take a program of the same name that is something else', async () => {
    await fake('path/amtool', 'Audio mixer tool 9.9');
    const message = await messageOf(provide('amtool', { environment }));
    expect(message).toContain('path/amtool does not say its version (Audio mixer tool 9.9)');
  });

  it('returns several tools by name', async () => {
    await fake('path/promtool', 'promtool, version 3.5.0');
    await fake('path/amtool', 'amtool, version 0.28.0');
    const { promtool, amtool } = await provide(['promtool', 'amtool'], { environment });
    expect([promtool.version, amtool.version]).toEqual(['3.5.0', '0.28.0']);
  });

  it('fails once for all that is missing, saying where it looked and what to do', async () => {
    await fake('path/prometheus', 'prometheus, version 2.42.0');
    await fake('path/promtool', 'promtool, version 3.5.0');
    const message = await messageOf(provide(['prometheus', 'promtool', 'amtool', 'alertmanager'], { environment }));
    const withoutCache = message.replaceAll(/cache \S+:/g, 'cache:').replaceAll(root, '');
    expect(withoutCache)
      .toBe(`Cannot provide "prometheus", "amtool" and "alertmanager" as no recent enough copy was found:
  prometheus: at least 3.5, a file called prometheus, in Debian's package prometheus
    TELLTALE_TOOLS: not set
    PATH: /path/prometheus is 2.42.0, older than 3.5
    cache: nothing there
    Debian packages: this machine has no apt-get, apt-cache, apt-config, dpkg (not Debian or Ubuntu?)
  amtool: at least 0.28, a file called amtool, in Debian's package prometheus-alertmanager
  alertmanager: at least 0.28, a file called alertmanager or prometheus-alertmanager, in Debian's package prometheus-alertmanager
    TELLTALE_TOOLS: not set
    PATH: nothing there
    cache: nothing there
    Debian packages: this machine has no apt-get, apt-cache, apt-config, dpkg (not Debian or Ubuntu?)
What to do: install what is missing so that it is on PATH, or put it (or links to it) into a folder and set TELLTALE_TOOLS to that.`);
  });
});

async function messageOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'nothing was wrong',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}
