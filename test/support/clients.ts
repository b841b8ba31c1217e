/** Registries of both Prometheus clients. */
import { Registry as SuccessorRegistry } from '@prometheus-io/client';
import { Registry as PromClientRegistry } from 'prom-client';
import type { Registry } from '../../src/instrument/client.ts';

/** For `describe.each`: the client's name and a fresh registry of it. */
export const clients: readonly (readonly [name: string, newRegistry: () => Registry])[] = [
  ['prom-client', () => new PromClientRegistry()],
  ['@prometheus-io/client', () => new SuccessorRegistry()],
];
