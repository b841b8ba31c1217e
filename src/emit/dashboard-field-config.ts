/** Thresholds and value mappings in Grafana's terms. */
import {
  type DynamicConfigValue,
  MappingType,
  type ThresholdsConfig,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Mappings, Thresholds } from '../dashboards/panel.ts';

/** Colours of what has no thresholds, and so is neither good nor bad: text, or a bar. */
export type Neutral = 'text' | 'blue';

export function thresholdsBuilder(
  thresholds: Thresholds | undefined,
  neutral: Neutral = 'text',
): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([
      { value: null, color: thresholds?.base ?? neutral },
      ...(thresholds?.steps ?? []).map(({ value, color }) => ({ value, color })),
    ]);
}

/** Grafana gives a line the colour of what is above it. Where less is worse, it is to have that of what is below. */
export function asLines({ base, steps, ...thresholds }: Thresholds): Thresholds {
  if (base !== 'red') return { ...thresholds, base, steps };
  const below = [base, ...steps.map(({ color }) => color)];
  return { ...thresholds, base, steps: steps.map(({ value }, index) => ({ value, color: below[index] ?? base })) };
}

export function valueMappings(mappings: Mappings): ValueMapping[] {
  const entries = Object.entries(mappings).map(([value, { text, color }], index) => {
    return [value, { text, color, index }] as const;
  });
  return [{ type: MappingType.ValueToText, options: Object.fromEntries(entries) }];
}

/** Overrides that colour a field by its thresholds. */
export function thresholdProperties(thresholds: Thresholds): DynamicConfigValue[] {
  const config: ThresholdsConfig = thresholdsBuilder(thresholds).build();
  return [
    { id: 'thresholds', value: config },
    { id: 'color', value: { mode: 'thresholds' } },
  ];
}
