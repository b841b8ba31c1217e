/** The config of a lab: the shipped pack, with every address on the loopback interface. */
import type { Config } from '../../src/config/config.ts';
import { labClocks } from './lab-clocks.ts';
import type { LabPorts, PortUser } from './lab-ports.ts';

/**
 * @param base what differs from the shipped pack, e.g. receivers or a drill's clocks
 */
export function labConfig(ports: LabPorts, base: Config = {}): Config {
  const at = (user: PortUser): string => `127.0.0.1:${ports[user]}`;
  return {
    profile: 'loopback',
    environment: 'demo',
    timing: labClocks.timing,
    ...base,
    services: [
      {
        name: 'api',
        url: `http://${at('api')}`,
        probes: [`https://${at('httpsFront')}/health`],
        team: 'classroom',
        database: { exporter: at('postgresExporter') },
        redis: { exporter: at('redisExporter') },
      },
      { name: 'payments', url: `http://${at('payments')}`, team: 'payments', database: { owner: 'api' } },
    ],
    addresses: {
      prometheus: at('prometheus'),
      alertmanager: at('alertmanager'),
      node: at('nodeExporter'),
      blackbox: at('blackboxExporter'),
    },
    links: {
      prometheus: `http://${at('prometheus')}`,
      alertmanager: `http://${at('alertmanager')}`,
      ...base.links,
    },
  };
}
