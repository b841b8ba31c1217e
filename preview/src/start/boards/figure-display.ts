/** A figure as its dashboard would show it: with its unit, thresholds, mappings and words for "no value". */
import {
  applyFieldOverrides,
  type DataFrame,
  type DisplayValue,
  FieldColorModeId,
  FieldType,
  formattedValueToString,
  getFieldDisplayValues,
  type GrafanaTheme2,
  type ReduceDataOptions,
} from '@grafana/data';
import { fieldConfigOf } from '../../grafana/field-config.ts';
import { registryFor } from '../../grafana/field-config-registry.ts';
import { replaceVariablesOf } from '../../grafana/replace-variables.ts';
import type { FigureData } from './board-figures.ts';

export interface FigureDisplay {
  readonly text: string;
  readonly colour: string;
}

export function displayOf({ panel, context, frames = [], error }: FigureData, theme: GrafanaTheme2): FigureDisplay {
  if (error !== undefined) return { text: 'not known', colour: theme.colors.text.disabled };
  const fieldConfig = fieldConfigOf(panel, { colorMode: FieldColorModeId.Thresholds });
  const replaceVariables = replaceVariablesOf(context);
  const data = applyFieldOverrides({
    data: [...frames],
    fieldConfig,
    fieldConfigRegistry: registryFor(fieldConfig),
    replaceVariables,
    theme,
    timeZone: 'browser',
  });
  const reduceOptions: ReduceDataOptions = { calcs: ['lastNotNull'], ...(panel.options?.['reduceOptions'] as object) };
  const [first] = getFieldDisplayValues({ data, fieldConfig, reduceOptions, replaceVariables, theme });
  return first === undefined ? { text: '', colour: '' } : shown(first.display, theme);
}

/** Words for "no value" are no measurement: they have no colour. */
function shown(display: DisplayValue, { colors }: GrafanaTheme2): FigureDisplay {
  const isValue = Number.isFinite(display.numeric);
  return {
    text: formattedValueToString(display),
    colour: isValue ? (display.color ?? colors.text.primary) : colors.text.secondary,
  };
}

/** The numbers of the first series, oldest first. */
export function courseOf(frames: readonly DataFrame[] = []): readonly number[] {
  const field = frames[0]?.fields.find(({ type }) => type === FieldType.number);
  return (field?.values ?? []).filter((value: unknown): value is number => Number.isFinite(value));
}
