import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import { describe, expect, it } from 'vitest';
import type { TimeseriesPanel } from '../../src/dashboards/panel.ts';
import { softMaxOf } from '../../src/emit/dashboard-axis.ts';
import { emitted, panel } from './emitted-dashboard.ts';

const api = emitted('telltale-api');
const infrastructure = emitted('telltale-infrastructure');

const graph: TimeseriesPanel = {
  type: 'timeseries',
  key: 'a',
  title: 'A',
  description: 'A. Good: 0.',
  targets: [],
  unit: 'ratio',
  width: 8,
  height: 8,
  noValue: 'none',
};

const overridden = (title: string, options: string): readonly DynamicConfigValue[] =>
  panel(infrastructure, title).fieldConfig?.overrides.find(({ matcher }) => matcher.options === options)?.properties ??
  [];

describe('softMaxOf()', () => {
  it('keeps the highest line in view, with room above it', () => {
    const steps = [
      { value: 0.01, color: 'yellow' },
      { value: 0.05, color: 'red' },
    ] as const;
    expect(softMaxOf({ ...graph, thresholds: { base: 'green', steps } })).toBe(0.06);
  });

  it('is a little of the unit where there is no line', () => {
    expect(softMaxOf(graph)).toBe(0.1);
    expect(softMaxOf({ ...graph, unit: 'per_second' })).toBe(0.1);
  });

  it('is what the panel says', () => {
    expect(softMaxOf({ ...graph, softMax: 1 })).toBe(1);
  });

  it('leaves an axis alone that ends anyway', () => {
    expect(softMaxOf({ ...graph, max: 1 })).toBeUndefined();
  });
});

describe('a graph', () => {
  it('draws no flat zero up to 100', () => {
    const open = [api, infrastructure]
      .flatMap(({ panels = [] }) => panels)
      .flatMap((one) => (one.type === 'timeseries' ? [one] : []))
      .filter(({ fieldConfig }) => {
        const { max, custom } = fieldConfig?.defaults ?? {};
        return max === undefined && (custom as { axisSoftMax?: number } | undefined)?.axisSoftMax === undefined;
      });
    expect(open.map(({ title }) => title)).toEqual([]);
  });

  it('has an axis at the right for numbers of another kind', () => {
    expect(overridden('Heap against its limit', 'B')).toEqual([
      { id: 'custom.lineWidth', value: 1 },
      { id: 'custom.lineStyle', value: { fill: 'dash', dash: [6, 6] } },
      { id: 'custom.fillOpacity', value: 0 },
      { id: 'custom.stacking', value: { mode: 'none', group: 'A' } },
      { id: 'unit', value: 'bytes' },
      { id: 'custom.axisPlacement', value: 'right' },
      { id: 'custom.axisSoftMax', value: 1024 },
    ]);
  });

  it('stacks areas without lines, whose colours would be those of series at 0', () => {
    const { custom } = panel(api, 'Requests by status: $route').fieldConfig?.defaults ?? {};
    expect(custom).toMatchObject({ lineWidth: 0, fillOpacity: 55, stacking: { mode: 'normal' } });
  });

  it('gives a line the colour of its bad side', () => {
    expect(panel(infrastructure, 'Disk space free').fieldConfig?.defaults.thresholds?.steps).toEqual([
      { value: null, color: 'red' },
      { value: 0.05, color: 'red' },
      { value: 0.15, color: 'yellow' },
    ]);
  });

  it('shows 2xx in shades of green and 5xx in shades of red', () => {
    const colors = (panel(api, 'Requests by status: $route').fieldConfig?.overrides ?? []).map(
      ({ matcher, properties }) => [matcher.id, matcher.options, properties[0]?.value],
    );
    expect(colors).toContainEqual(['byRegexp', '/^2..$/', { mode: 'shades', fixedColor: 'green' }]);
    expect(colors).toContainEqual(['byRegexp', '/^5..$/', { mode: 'shades', fixedColor: 'red' }]);
  });

  it('has its legend at the right where it has numbers', () => {
    const { legend } = panel(api, 'Response time').options as { readonly legend?: object };
    expect(legend).toMatchObject({ displayMode: 'table', placement: 'right', calcs: ['lastNotNull', 'max'] });
  });
});

describe('a bar gauge', () => {
  it('names a bar that is alone, and keeps bars of one size', () => {
    const raised = panel(emitted('telltale-errors'), 'Raised this week');
    expect(raised.fieldConfig?.defaults.displayName).toBe('${__series.name}');
    expect(raised.options).toMatchObject({ sizing: 'manual', maxVizHeight: 48, namePlacement: 'top' });
  });
});
