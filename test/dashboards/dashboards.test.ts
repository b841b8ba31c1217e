import { describe, expect, it } from 'vitest';
import { allDashboards } from '../../src/dashboards/all-dashboards.ts';
import { dashboardUids } from '../../src/dashboards/panel.ts';
import { defaultAlertKnobs } from '../../src/objectives/alert-knobs.ts';
import { metaAlertNames } from '../../src/runbooks/alert-ids.ts';
import { toModel } from '../../src/config/to-model.ts';
import { packOf, panelsOf } from './pack-of.ts';

const everything = { exporters: { containers: true, kubernetes: true } };
const written = allDashboards(toModel(everything)).flatMap((dashboard) =>
  dashboard.rows.flatMap(({ panels }) =>
    panels.map((panel) => ({ dashboard, panel, name: `${dashboard.uid}/${panel.key}` })),
  ),
);
const names = written.map(({ name }) => name);

const keysOf = (config: Parameters<typeof packOf>[0]): string[] =>
  packOf(config).dashboards.flatMap((joined) => panelsOf(joined).map(({ panel }) => panel.key));

const titlesOf = (config: Parameters<typeof packOf>[0]): string[] =>
  packOf(config)
    .dashboards.filter(({ dashboard }) => dashboard.uid === 'telltale-business')
    .flatMap((joined) => panelsOf(joined).map(({ panel }) => `${panel.key}: ${panel.title}`));
const declared = (kind: 'counter' | 'gauge' | 'histogram', name: string, labels = {}) => ({
  entry: {
    name,
    kind,
    unit: 'items',
    help: 'A thing.',
    labels,
    exposedBy: 'business',
    otel: null,
    buckets: [1, 2],
  } as const,
  title: name,
  watched: false,
});

describe('allDashboards()', () => {
  it('are the five, in the order in which they are linked', () => {
    expect(allDashboards(toModel({})).map(({ uid }) => uid)).toEqual([...dashboardUids]);
  });

  it('give every panel a kebab-case key that is its own', () => {
    expect(names.filter((name) => !/^telltale-[a-z]+\/[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('say what good looks like on every panel', () => {
    const silent = written.filter(({ panel }) => !/ Good: .+\.$/.test(panel.description));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('give rows titles, and start with an overview of numbers', () => {
    for (const { rows } of allDashboards(toModel({}))) {
      expect(rows.every(({ title }) => title !== '')).toBe(true);
      expect(rows[0]?.panels.every(({ type }) => type === 'stat')).toBe(true);
    }
  });

  it('lead to panels that exist', () => {
    const dead = written.flatMap(({ panel, name }) =>
      (panel.related ?? [])
        .map((to) => `${to.dashboard}/${to.panel}`)
        .filter((to) => !names.includes(to))
        .map((to) => `${name} -> ${to}`),
    );
    expect(dead).toEqual([]);
  });

  it('explain every alert, of the services and of the stack', () => {
    const explained = new Set(written.flatMap(({ panel }) => panel.alerts ?? []));
    const all = [...Object.keys(defaultAlertKnobs), ...metaAlertNames];
    expect(all.filter((name) => !explained.has(name))).toEqual([]);
  });

  it('lead to other dashboards only', () => {
    const own = written.filter(({ dashboard, panel }) => panel.related?.some((to) => to.dashboard === dashboard.uid));
    expect(own.map(({ name }) => name)).toEqual([]);
  });
});

describe('sources', () => {
  it('leave out panels of containers by default', () => {
    expect(keysOf({})).not.toContain('containers');
    expect(keysOf(everything)).toContain('containers');
  });

  it('leave out Redis where no service has one', () => {
    const keys = keysOf({ services: [{ name: 'api', url: 'http://localhost:3000', database: true }] });
    expect(keys.filter((key) => key.startsWith('redis'))).toEqual([]);
    expect(keys).toContain('postgres-now');
  });
});

describe('the business dashboard', () => {
  it('has a panel for each metric that the user declared, whatever its kind', () => {
    const business = [declared('counter', 'sold_total'), declared('gauge', 'carts'), declared('histogram', 'basket')];
    expect(titlesOf({ business })).toEqual([
      'today-sold-total: sold_total',
      'today-carts: carts',
      'today-basket: basket',
      'activity-against-last-week: Activity against the same hour last week',
      'metric-sold-total: sold_total per hour',
      'metric-carts: carts',
      'metric-basket: basket',
    ]);
  });

  it('shows the success of payments where a counter says which succeeded and which failed', () => {
    const payments = declared('counter', 'orders_total', { status: { values: ['succeeded', 'failed'] } });
    expect(titlesOf({ business: [payments] })).toContain('payment-success: Payments that succeed');
  });

  it('never adds up different currencies', () => {
    const takings = declared('counter', 'takings_total', { currency: { cap: 5, from: 'ISO 4217 codes' } });
    const pack = packOf({ business: [{ ...takings, entry: { ...takings.entry, unit: 'currency' as const } }] });
    const panels = pack.dashboards.flatMap(panelsOf).filter(({ panel: { key } }) => key.endsWith('-takings-total'));
    const money = panels.map(({ panel }) => ({
      legends: panel.targets.map(({ legend }) => legend),
      stacked: panel.type === 'timeseries' && panel.stacked,
    }));
    expect(money).toEqual([
      { legends: ['{{currency}}'], stacked: false },
      {
        legends: ['{{environment}}/{{service}} {{currency}}', '{{environment}}/{{service}} {{currency}} a week ago'],
        stacked: false,
      },
    ]);
  });

  it('does not split a graph by a label that may take many values', () => {
    const wide = declared('counter', 'clicks_total', { page: { cap: 500, from: 'pages' } });
    const pack = packOf({ business: [wide] });
    const panel = pack.dashboards.flatMap(panelsOf).find(({ panel: { key } }) => key === 'metric-clicks-total')?.panel;
    expect(panel?.targets[0]?.legend).toBe('{{environment}}/{{service}}');
  });
});
