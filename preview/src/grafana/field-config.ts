/** A panel's field config as Grafana's components expect it: with the defaults of its type, and thresholds in memory form. */
import {
  ThresholdsMode,
  type DynamicConfigValue,
  type FieldColorModeId,
  type FieldConfig,
  type FieldConfigSource,
  type ThresholdsConfig,
} from '@grafana/data';
import type { Panel } from '@grafana/schema';

/** What the plugin of a panel type sets when the JSON is silent. */
export interface FieldDefaults {
  readonly colorMode: FieldColorModeId;
  readonly custom?: Readonly<Record<string, unknown>>;
}

const greenToRed: ThresholdsConfig = {
  mode: ThresholdsMode.Absolute,
  steps: [
    { value: -Infinity, color: 'green' },
    { value: 80, color: 'red' },
  ],
};

export function fieldConfigOf(panel: Panel, { colorMode, custom }: FieldDefaults): FieldConfigSource {
  const { defaults = {}, overrides = [] } = (panel.fieldConfig ?? {}) as Partial<FieldConfigSource>;
  return {
    defaults: withThresholds({
      color: { mode: colorMode },
      thresholds: greenToRed,
      ...defaults,
      custom: { ...custom, ...(defaults.custom as object) },
    }),
    overrides: overrides.map(({ matcher, properties }) => ({ matcher, properties: properties.map(inMemory) })),
  };
}

const withThresholds = (config: FieldConfig): FieldConfig =>
  config.thresholds === undefined ? config : { ...config, thresholds: withBase(config.thresholds) };

const inMemory = (property: DynamicConfigValue): DynamicConfigValue =>
  property.id === 'thresholds' ? { ...property, value: withBase(property.value as ThresholdsConfig) } : property;

/** JSON knows no infinity: the base step is written as null. */
const withBase = (thresholds: ThresholdsConfig): ThresholdsConfig => ({
  ...thresholds,
  steps: thresholds.steps.map((step) => ({ ...step, value: (step.value as number | null) ?? -Infinity })),
});
