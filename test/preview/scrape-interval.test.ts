import { afterEach, describe, expect, it } from 'vitest';
import type { PreviewInfo } from '../../src/preview/answers.ts';
import { durationSeconds } from '../../src/preview/scrape-interval.ts';
import { createStage } from './fixture.ts';
import { send } from './send.ts';

const stage = createStage();
afterEach(() => stage.clear());

/** What the page is told, for each answer of `/api/v1/status/config` in turn; undefined is none. */
async function intervals(...answers: (string | undefined)[]): Promise<number[]> {
  const waiting = [...answers];
  const upstream = await stage.upstream((_request, response) => {
    const yaml = waiting.shift();
    if (yaml === undefined) return void response.writeHead(503).end();
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ status: 'success', data: { yaml } }));
  });
  const { port } = await stage.preview({ prometheus: upstream.url, scrapeIntervalSeconds: undefined });
  const told: number[] = [];
  for (const _ of answers) {
    const { body } = await send(port, { target: '/api/preview' });
    told.push((JSON.parse(body) as PreviewInfo).scrapeIntervalSeconds);
  }
  return told;
}

describe('the scrape interval', () => {
  it('is that of the configuration of Prometheus, as it is now', async () => {
    expect(await intervals('global:\n  scrape_interval: 1m30s\n', 'global:\n  scrape_interval: 5s\n')).toEqual([90, 5]);
  });

  it('is the last one that was known while Prometheus does not answer', async () => {
    expect(await intervals(undefined, 'global: { scrape_interval: 10s }', undefined)).toEqual([15, 10, 10]);
  });

  it.each(['', 'global: {}', 'scrape_configs: []', 'global: { scrape_interval: 5 }', ': {', '- a'])(
    'is 15 s where the configuration is %j',
    async (yaml) => {
      expect(await intervals(yaml)).toEqual([15]);
    },
  );

  it('is the one that was given, without asking', async () => {
    const upstream = await stage.upstream();
    const { port } = await stage.preview({ prometheus: upstream.url, scrapeIntervalSeconds: 2 });
    const { body } = await send(port, { target: '/api/preview' });
    expect([JSON.parse(body), upstream.seen]).toMatchObject([{ scrapeIntervalSeconds: 2 }, []]);
  });
});

describe('durationSeconds()', () => {
  it.each([
    ['15s', 15],
    ['500ms', 0.5],
    ['1m30s', 90],
    ['1h', 3600],
    ['1d12h', 129_600],
    ['1w', 604_800],
    ['0s', undefined],
    ['15', undefined],
    ['', undefined],
    ['1.5s', undefined],
    ['15s ', undefined],
  ])('reads %j as %s', (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
  });
});
