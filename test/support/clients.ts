/** Registries of both Prometheus clients. */
import * as successor from '@prometheus-io/client';
import * as promClient from 'prom-client';
import type { Client, Registry } from '../../src/instrument/metrics/client.ts';

type AggregatingClient = Pick<Client, 'AggregatorRegistry'>;

/** For `describe.each`: the client's name, a fresh registry of it, and what adds several up. */
export const clients: readonly (readonly [name: string, newRegistry: () => Registry, client: AggregatingClient])[] = [
  ['prom-client', () => new promClient.Registry(), promClient as unknown as AggregatingClient],
  ['@prometheus-io/client', () => new successor.Registry(), successor as unknown as AggregatingClient],
];
