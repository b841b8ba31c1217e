import { afterEach, describe, expect, it } from 'vitest';
import type { Control } from '../../src/preview/answers.ts';
import type { Controls } from '../../src/preview/controls.ts';
import { createStage } from './fixture.ts';
import { problemOf, send } from './send.ts';

const stage = createStage();
afterEach(() => stage.clear());

const slow: Control = {
  name: 'slow',
  title: 'Slow answers',
  describes: 'Every answer takes a second.',
  on: false,
  alerts: ['HighResponseTime'],
  shows: { 'telltale-api': 'The latency rises.' },
};
const target = '/api/controls/slow';
const headers = { 'content-type': 'application/json' };

async function start(controls?: Controls): Promise<number> {
  return (await stage.preview({ prometheus: 'http://127.0.0.1:9', controls })).port;
}

const reject = (): Promise<never> => Promise.reject(new Error('the api does not answer'));

/** One switch, kept in memory. */
function oneSwitch(): Controls {
  let on = false;
  return {
    list: async () => [{ ...slow, on }],
    set: async (_name, wanted) => {
      on = wanted;
      return { ...slow, on };
    },
  };
}

describe('/api/controls', () => {
  it('lists the controls, and switches them', async () => {
    const port = await start(oneSwitch());
    const state = async (): Promise<unknown> => JSON.parse((await send(port, { target: '/api/controls' })).body);
    const post = async (on: boolean): Promise<unknown> =>
      JSON.parse((await send(port, { method: 'POST', target, headers, body: JSON.stringify({ on }) })).body);
    expect(await state()).toEqual([slow]);
    expect(await post(true)).toEqual({ ...slow, on: true });
    expect(await state()).toEqual([{ ...slow, on: true }]);
    expect(await post(false)).toEqual(slow);
    expect(await state()).toEqual([slow]);
  });

  it('says that there are none', async () => {
    const port = await start();
    const none = { status: 404, error: 'Cannot find controls: this preview has none' };
    expect(await problemOf(port, { target: '/api/controls' })).toEqual(none);
    expect(await problemOf(port, { method: 'POST', target, headers, body: '{ "on": true }' })).toEqual(none);
  });

  it('says which there are', async () => {
    const port = await start(oneSwitch());
    const plan = { method: 'POST', target: '/api/controls/fast', headers, body: '{ "on": true }' };
    expect(await problemOf(port, plan)).toEqual({
      status: 404,
      error: 'Cannot find the control "fast": known are "slow"',
    });
  });

  it.each(['', 'true', 'null', '[]', '{}', '{ "on": 1 }', '{ "on": "true" }', '{ "on": true'])(
    'switches nothing for the body %j',
    async (body) => {
      const port = await start(oneSwitch());
      expect(await problemOf(port, { method: 'POST', target, headers, body })).toEqual({
        status: 400,
        error: 'Cannot read the body: it must be { "on": true } or { "on": false }',
      });
    },
  );

  // What a form of another site can send without being asked for permission.
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain; application/json'])(
    'switches nothing for a body of type %s',
    async (type) => {
      const port = await start(oneSwitch());
      const { status } = await send(port, {
        method: 'POST',
        target,
        headers: { 'content-type': type },
        body: '{ "on": true }',
      });
      const list = await send(port, { target: '/api/controls' });
      expect([status, JSON.parse(list.body)]).toEqual([415, [slow]]);
    },
  );

  it('switches nothing for another origin', async () => {
    const port = await start(oneSwitch());
    const plan = { method: 'POST', target, body: '{ "on": true }' };
    const refused = await send(port, { ...plan, headers: { ...headers, origin: 'http://evil.example' } });
    const list = await send(port, { target: '/api/controls' });
    expect([refused.status, JSON.parse(list.body)]).toEqual([403, [slow]]);
    const own = `http://127.0.0.1:${port}`;
    expect((await send(port, { ...plan, headers: { ...headers, origin: own } })).status).toBe(200);
  });

  it('says why a control cannot be switched or listed', async () => {
    const port = await start({ ...oneSwitch(), set: reject });
    expect(await problemOf(port, { method: 'POST', target, headers, body: '{ "on": true }' })).toEqual({
      status: 502,
      error: 'Cannot switch "slow" on: the api does not answer',
    });
    const unlisted = await start({ list: reject, set: reject });
    expect(await problemOf(unlisted, { target: '/api/controls' })).toEqual({
      status: 502,
      error: 'Cannot list the controls: the api does not answer',
    });
  });
});
