/** What Grafana's time series plugin sets when the JSON is silent. */
import { FieldColorModeId } from '@grafana/data';
import type { FieldDefaults } from '../../grafana/field-config.ts';

export const timeSeriesDefaults: FieldDefaults = {
  colorMode: FieldColorModeId.PaletteClassic,
  custom: {
    drawStyle: 'line',
    lineInterpolation: 'linear',
    lineWidth: 1,
    fillOpacity: 0,
    gradientMode: 'none',
    showPoints: 'auto',
    pointSize: 5,
    spanNulls: false,
    barAlignment: 0,
    stacking: { mode: 'none', group: 'A' },
    axisPlacement: 'auto',
    axisColorMode: 'text',
    axisBorderShow: false,
    scaleDistribution: { type: 'linear' },
    thresholdsStyle: { mode: 'off' },
    hideFrom: { viz: false, legend: false, tooltip: false },
  },
};
