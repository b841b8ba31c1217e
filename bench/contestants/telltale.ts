/** Telltale as built from this checkout, with its defaults. */
import type { Registry } from 'telltale';
import type { Instrument } from '../contestant.ts';
import type { Load } from '../paths.ts';

export async function createTelltale(load: Load): Promise<Instrument> {
  const { httpMetrics } = await import('telltale');
  const { Registry } = load<{ readonly Registry: new () => Registry }>('prom-client');
  const registry = new Registry();
  return { middleware: httpMetrics({ registry }), exposition: () => registry.metrics() };
}
