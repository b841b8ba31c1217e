/** A figure as its dashboard would show it: with its unit, thresholds, mappings and words for "no value". */
import {
  applyFieldOverrides,
  colorManipulator,
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
  /** The same, with the contrast that small text needs. */
  readonly smallColour: string;
}

export function displayOf({ panel, context, frames = [], error }: FigureData, theme: GrafanaTheme2): FigureDisplay {
  if (error !== undefined) return plain('not known', theme.colors.text.disabled);
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
  return first === undefined ? plain('', '') : shown(first.display, theme);
}

/** Words for "no value" are no measurement: they have no colour. */
function shown(display: DisplayValue, theme: GrafanaTheme2): FigureDisplay {
  const { primary, secondary } = theme.colors.text;
  const text = formattedValueToString(display);
  if (!Number.isFinite(display.numeric)) return plain(text, secondary);
  const colour = display.color ?? primary;
  return { text, colour, smallColour: readable(colour, theme) };
}

const plain = (text: string, colour: string): FigureDisplay => ({ text, colour, smallColour: colour });

/** Of small text, at level AA of WCAG; colours of thresholds are made for large figures. */
const leastContrast = 4.5;
const strengths = [0, 0.1, 0.2, 0.3, 0.4, 0.5];

function readable(colour: string, { colors, isDark }: GrafanaTheme2): string {
  const strengthen = isDark ? colorManipulator.lighten : colorManipulator.darken;
  const contrast = (candidate: string): number =>
    colorManipulator.getContrastRatio(candidate, colors.background.primary);
  const candidates = strengths.map((strength) => strengthen(colour, strength));
  return candidates.find((candidate) => contrast(candidate) >= leastContrast) ?? colors.text.primary;
}

/** The numbers of the first series, oldest first. */
export function courseOf(frames: readonly DataFrame[] = []): readonly number[] {
  const field = frames[0]?.fields.find(({ type }) => type === FieldType.number);
  return (field?.values ?? []).filter((value: unknown): value is number => Number.isFinite(value));
}
