import { Registry } from 'prom-client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { freePort } from '../../servers/process/free-ports.ts';
import { metricsServer } from '../../src/instrument/exposition/metrics-server.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('metricsServer() per instance', () => {
  test.each([
    ['adds the number of the instance to the port', { NODE_APP_INSTANCE: '3' }, true, 3],
    ['takes the number from the variable that it is given', { NODE_APP_INSTANCE: '3', INSTANCE: '2' }, 'INSTANCE', 2],
    ['takes the port as it is where there is no number', { NODE_APP_INSTANCE: undefined }, true, 0],
    ['looks for no number unless it is told to', { NODE_APP_INSTANCE: '3' }, false, 0],
  ])('%s', async (_, variables, perInstance, instance) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    const expected = await freePort();
    const options = { host: '127.0.0.1', registry: new Registry(), perInstance };
    const metrics = await metricsServer({ ...options, port: expected - instance });
    const { status } = await fetch(`http://127.0.0.1:${expected}/metrics`);
    await metrics.close();
    expect([metrics.port, status]).toEqual([expected, 200]);
  });

  test.each([
    [9_464, 'blue', true, 'NODE_APP_INSTANCE must be a whole number for "perInstance", got "blue"'],
    [9_464, '', true, 'NODE_APP_INSTANCE must be a whole number for "perInstance", got ""'],
    [9_464, '-1', true, 'NODE_APP_INSTANCE must be a whole number for "perInstance", got "-1"'],
    [65_534, '2', true, 'port 65534 and NODE_APP_INSTANCE=2 make 65536, above 65535'],
    [0, '1', true, 'port 0 takes a free one, which "perInstance" cannot count from'],
    [9_464, '1', '', 'option "perInstance" must be true, false or the name of an environment variable, got ""'],
  ])('refuses port %s of instance "%s" with perInstance %j', async (port, instance, perInstance, reason) => {
    vi.stubEnv('NODE_APP_INSTANCE', instance);
    await expect(metricsServer({ port, perInstance, registry: new Registry() })).rejects.toMatchObject({
      code: 'TELLTALE_OPTION',
      message: `Cannot start metricsServer(): ${reason}`,
    });
  });
});
