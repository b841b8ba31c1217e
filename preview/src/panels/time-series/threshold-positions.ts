/**
 * Where the threshold lines of a graph are, written on its panel as `data-thresholds`: `[{"value":0.05,"y":123.4}]`, with
 * `y` in CSS pixels below the upper edge of the element that carries `data-panel-id`. uPlot draws them on a canvas, where
 * nobody else could find them.
 */
import { ThresholdsMode, type DataFrame, type Field } from '@grafana/data';
import { GraphThresholdsStyleMode, type GraphFieldConfig } from '@grafana/schema';
import { buildScaleKey } from '@grafana/ui';
import { useLayoutEffect } from 'react';
import type { Plot } from './use-plot.ts';

interface ThresholdPosition {
  readonly value: number;
  readonly y: number;
}

export function useThresholdPositions(plot: Plot | undefined, frame: DataFrame): void {
  useLayoutEffect(() => {
    const panel = plot?.root.closest('[data-panel-id]');
    if (plot === undefined || panel === null || panel === undefined) return;
    const positions = positionsIn(plot, frame, panel.getBoundingClientRect().top);
    if (positions.length === 0) panel.removeAttribute('data-thresholds');
    else panel.setAttribute('data-thresholds', JSON.stringify(positions));
  });
}

function positionsIn(plot: Plot, { fields }: DataFrame, panelTop: number): ThresholdPosition[] {
  const field = fields.find(drawsThresholds);
  if (field === undefined) return [];
  const scaleKey = buildScaleKey(field.config, field.type);
  const { min, max } = plot.scales[scaleKey] ?? {};
  const top = plot.over.getBoundingClientRect().top - panelTop;
  return (field.config.thresholds?.steps ?? [])
    .map(({ value }) => value)
    .filter((value) => value >= (min ?? Infinity) && value <= (max ?? -Infinity))
    .map((value) => ({ value, y: round(top + plot.valToPos(value, scaleKey)) }));
}

function drawsThresholds({ config }: Field): boolean {
  const { thresholdsStyle } = (config.custom ?? {}) as GraphFieldConfig;
  const isAbsolute = config.thresholds?.mode === ThresholdsMode.Absolute;
  return isAbsolute && (thresholdsStyle?.mode ?? GraphThresholdsStyleMode.Off) !== GraphThresholdsStyleMode.Off;
}

const round = (pixels: number): number => Math.round(pixels * 10) / 10;
