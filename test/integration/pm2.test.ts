import { mkdir, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { choosePorts, freePort } from '../../servers/process/free-ports.ts';
import { createStage } from '../../servers/process/stage.ts';
import { tempFolder } from '../../servers/process/temp-folder.ts';
import { startPrometheus } from '../../servers/prometheus.ts';
import { generate } from '../../src/generate.ts';
import { parseExposition } from '../support/exposition.ts';
import { type Pm2, startPm2 } from '../support/pm2.ts';

const instances = 3;
const targetsPath = 'monitoring/targets/app.json';
const script = fileURLToPath(new URL('../instrument/fixtures/pm2-app.ts', import.meta.url));

interface TargetGroup {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

interface Instance {
  readonly instance: number;
  readonly pid: number;
}

const stage = createStage();
let pm2: Pm2;
let appPort: number;
let metricsPort: number;
let targetsJson: string;
let targets: readonly string[];

/** The first of as many free ports as there are instances. */
async function consecutivePorts(): Promise<number> {
  for (;;) {
    const first = await freePort();
    const chosen = await choosePorts(Array.from({ length: instances }, (_, instance) => first + instance));
    if (chosen.every(({ busy }) => busy === undefined)) return first;
  }
}

/** Who has answered each request so far. */
const done: Instance[] = [];

/** On a connection of its own, so that any instance may answer. */
function work(): Promise<Instance> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port: appPort, path: '/work', agent: false }, (response) => {
      void text(response).then((body) => resolve(JSON.parse(body) as Instance), reject);
    });
    request.on('error', reject);
  });
}

async function workTimes(times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) done.push(await work());
}

/** Of the process that each instance is now. */
async function pidsByInstance(): Promise<readonly (number | undefined)[]> {
  const before = done.length;
  await workTimes(4 * instances);
  return targets.map((_, index) => done.slice(before).find(({ instance }) => instance === index)?.pid);
}

/** How many requests each of these processes has answered. */
function answeredBy(pids: readonly (number | undefined)[]): readonly number[] {
  return pids.map((wanted) => done.filter(({ pid }) => pid === wanted).length);
}

/** How many requests each target has counted; undefined for one that is not there. */
async function counted(): Promise<readonly (number | undefined)[]> {
  return Promise.all(targets.map(countedBy));
}

async function countedBy(target: string): Promise<number | undefined> {
  try {
    const page = await (await fetch(`http://${target}/metrics`)).text();
    const counts = parseExposition(page).filter(
      ({ name, labels }) => name === 'http_request_duration_seconds_count' && labels['route'] === '/work',
    );
    return counts.reduce((sum, { value }) => sum + value, 0);
  } catch {
    return undefined;
  }
}

beforeAll(async () => {
  [appPort, metricsPort] = [await freePort(), await consecutivePorts()];
  const service = { name: 'api', url: `http://127.0.0.1:${appPort}`, metricsPort, instances };
  targetsJson = generate({ services: [service] }).get(targetsPath) ?? '';
  targets = (JSON.parse(targetsJson) as TargetGroup[]).flatMap((group) => group.targets);
  const env = { APP_PORT: String(appPort), METRICS_PORT: String(metricsPort) };
  pm2 = await startPm2({ script, instances, env });
  stage.onClose('PM2', () => pm2.kill());
  await vi.waitUntil(async () => (await counted()).every((count) => count === 0), { timeout: 60_000 });
});

afterAll(() => stage.close());

describe('metricsServer({ perInstance }) in the cluster mode of PM2', () => {
  it('listens where the generator says that Prometheus is to look', () => {
    expect(targets).toEqual([0, 1, 2].map((instance) => `127.0.0.1:${metricsPort + instance}`));
  });

  it('counts every request on the page of the instance that answered it', async () => {
    await workTimes(30);
    const expected = answeredBy(await pidsByInstance());
    expect(expected.reduce((sum, count) => sum + count)).toBe(done.length);
    await expect.poll(counted).toEqual(expected);
  });

  it('has every instance scraped by a real Prometheus', async () => {
    const folder = await tempFolder('pm2-prometheus');
    stage.onClose('temporary folder', () => folder.remove());
    const file = join(folder.path, targetsPath);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, targetsJson);
    const configFile = join(folder.path, 'prometheus.yml');
    const job = { job_name: 'app', file_sd_configs: [{ files: [targetsPath] }] };
    await writeFile(configFile, JSON.stringify({ global: { scrape_interval: '1s' }, scrape_configs: [job] }));
    const { url } = await stage.use(startPrometheus({ configFile }));
    const up = async (): Promise<unknown> => {
      const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent('up{service="api"} == 1')}`);
      const { data } = (await answer.json()) as { data: { result: { metric: { instance: string } }[] } };
      return data.result.map(({ metric }) => metric.instance).toSorted();
    };
    await expect.poll(up, { timeout: 60_000, interval: 200 }).toEqual([...targets].toSorted());
  });

  it('comes back on the same port when an instance is restarted, and the others count on', async () => {
    const before = await pidsByInstance();
    await pm2.run('restart', '1');
    await expect.poll(() => countedBy(targets[1] ?? ''), { timeout: 60_000 }).toBe(0);
    const after = await pidsByInstance();
    expect(after.map((pid, index) => pid === before[index])).toEqual([true, false, true]);
    await expect.poll(counted).toEqual(answeredBy(after));
  });

  it('keeps its ports while PM2 reloads, when old and new instance overlap', async () => {
    const before = await pidsByInstance();
    await pm2.run('reload', 'app');
    await expect.poll(counted, { timeout: 60_000 }).toEqual([0, 0, 0]);
    const after = await pidsByInstance();
    expect(after.filter((pid) => pid === undefined || before.includes(pid))).toEqual([]);
    await expect.poll(counted).toEqual(answeredBy(after));
    expect(await pm2.errors()).toBe('');
  });
});
