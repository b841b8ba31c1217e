/** Every migration preset, by the package it stands in for. */
import { expressPromBundle } from './express-prom-bundle.ts';
import type { NamingPreset, PresetSeries } from './preset.ts';
import { prometheusApiMetrics } from './prometheus-api-metrics.ts';
import { promster } from './promster.ts';

export const allPresets = [
  expressPromBundle,
  prometheusApiMetrics,
  promster,
] as const satisfies readonly NamingPreset[];

export type PresetId = (typeof allPresets)[number]['id'];

const byId: ReadonlyMap<unknown, NamingPreset> = new Map(allPresets.map((preset) => [preset.id, preset]));

/** The preset that a naming is; undefined for every other naming. */
export function presetOf(naming: unknown): NamingPreset | undefined {
  return byId.get(naming);
}

/** What a naming exposes beside the catalog. */
export function seriesOfPreset(naming: unknown): readonly PresetSeries[] {
  return presetOf(naming)?.series ?? [];
}
