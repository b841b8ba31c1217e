import { describe, expect, it } from 'vitest';
import { toModel } from '../../src/config/to-model.ts';
import { promql } from '../../src/promql/expression.ts';
import { join } from '../../src/stack/join.ts';
import type { Pack } from '../../src/stack/pack.ts';
import { panelId } from '../../src/stack/panel-id.ts';
import { alert, dashboard, hostMemory, page, panel, parts, redisUp, requestRate, table } from './small-parts.ts';

const model = toModel({});
/** Without Redis. */
const plain = toModel({ services: [{ name: 'api', url: 'http://localhost:3000' }] });

const panelsOf = (pack: Pack): string[] =>
  pack.dashboards.flatMap(({ rows }) => rows.flatMap((row) => row.panels.map((joined) => joined.panel.key)));

describe('join()', () => {
  it('links an alert to its panel and its page, and the panel back to the alert', () => {
    const pack = join(model, parts());
    const id = panelId('telltale-api', 'requests');
    expect(pack.dashboards[0]?.rows[0]?.panels[0]).toMatchObject({
      id,
      alerts: ['HighErrorRate'],
      url: `http://localhost:3030/d/telltale-api?viewPanel=${id}`,
    });
    expect(pack.alerts[0]).toMatchObject({
      kind: 'service',
      expression: 'sum by (environment, service) (rate(http_request_duration_seconds_count[5m])) > 1',
      pagePath: 'runbooks/alerts/HighErrorRate.md',
      runbookUrl: 'http://localhost:9090/user/runbooks/alerts/HighErrorRate.md',
      dashboardUrl: `http://localhost:3030/d/telltale-api?viewPanel=${id}&from=now-1h&to=now&var-environment={{ $labels.environment | urlquery }}&var-service={{ $labels.service | urlquery }}`,
      notificationSeconds: 15 + 15 + 300 + 30,
    });
  });

  it('fills the variables of the dashboard from identity labels of the user, and looks back twice as far as the alert', () => {
    const custom = toModel({ identity: { service: 'app' } });
    const slow = alert('HighErrorRate', {
      variables: ['service'],
      branches: [{ id: 'a', describes: 'slow', expression: promql`max_over_time(${hostMemory}[6h]) > ${1}` }],
    });
    const pack = join(custom, parts({ alerts: [slow] }));
    expect(pack.alerts[0]?.dashboardUrl).toMatch(
      /&from=now-13h&to=now&var-service=\{\{ \$labels\.app \| urlquery \}\}$/,
    );
  });

  it('leaves out targets, panels, rows, branches and alerts that the model has no source for', () => {
    const rows = [
      {
        title: 'Both',
        panels: [panel('requests'), panel('redis', { targets: [{ expression: redisUp, legend: '' }] })],
      },
      { title: 'Redis', panels: [panel('redis-2', { targets: [{ expression: redisUp, legend: '' }] })] },
    ];
    const pack = join(
      plain,
      parts({
        dashboards: [dashboard([], { rows })],
        alerts: [
          alert('HighErrorRate', {
            branches: [
              { id: 'redis', expression: redisUp, describes: 'redis' },
              { id: 'rate', expression: requestRate, describes: 'rate' },
            ],
          }),
          alert('ServiceDown', { branches: [{ id: 'redis', expression: redisUp, describes: 'redis' }] }),
        ],
        pages: [page('HighErrorRate'), page('ServiceDown')],
      }),
    );
    expect({
      panels: panelsOf(pack),
      rows: pack.dashboards[0]?.rows.map(({ title }) => title),
      alerts: pack.alerts.map(({ alert, branches }) => [alert.name, ...branches.map(({ id }) => id)]),
    }).toEqual({ panels: ['requests'], rows: ['Both'], alerts: [['HighErrorRate', 'rate']] });
  });

  it('moves the columns of a table to the new letters of their targets', () => {
    const targets = [redisUp, requestRate, hostMemory].map((expression) => ({ expression, legend: '' }));
    const columns = ['service', 'value:A', 'value:B', 'value:C'].map((from) => ({ from, title: from }));
    const pack = join(plain, parts({ dashboards: [dashboard([table('requests', { targets, columns })])] }));
    expect(pack.dashboards[0]?.rows[0]?.panels[0]?.panel).toMatchObject({
      columns: [
        { from: 'service', title: 'service' },
        { from: 'value:A', title: 'value:B' },
        { from: 'value:B', title: 'value:C' },
      ],
    });
  });

  it('links an alert whose panel has no source to another that explains it, and that one back', () => {
    const pack = join(
      plain,
      parts({
        dashboards: [
          dashboard([
            panel('first'),
            panel('requests', { targets: [{ expression: redisUp, legend: '' }] }),
            panel('other', { alerts: ['HighErrorRate'] }),
          ]),
        ],
      }),
    );
    expect(pack.alerts[0]?.panel).toMatchObject({ panel: { key: 'other' }, alerts: ['HighErrorRate'] });
  });

  it('lists what an alert mutes and what mutes it', () => {
    const pack = join(
      model,
      parts({
        alerts: [alert('ServiceDown'), alert('HighErrorRate'), alert('HighResponseTime', { severity: 'warning' })],
        pages: ['ServiceDown', 'HighErrorRate', 'HighResponseTime'].map((name) => page(name)),
        inhibitions: [
          {
            source: { alertname: 'ServiceDown', datastore: 'postgresql' },
            target: { alertname: ['HighErrorRate', 'HighResponseTime'], severity: 'critical' },
            equal: ['environment', 'service'],
            reason: 'one page per fault',
          },
          { source: { severity: 'critical' }, target: { severity: 'warning' }, equal: ['alertname'], reason: 'same' },
        ],
      }),
    );
    expect(pack.alerts.map(({ alert, inhibits, inhibitedBy }) => [alert.name, inhibits, inhibitedBy])).toEqual([
      ['ServiceDown', ['HighErrorRate'], []],
      ['HighErrorRate', [], ['ServiceDown']],
      ['HighResponseTime', [], []],
    ]);
  });

  it('leaves disabled alerts out, without complaining about what names them', () => {
    const pack = join(
      toModel({ alerts: { HighErrorRate: { enabled: false } } }),
      parts({ dashboards: [dashboard([panel('requests', { alerts: ['HighErrorRate'] })])] }),
    );
    expect({ alerts: pack.alerts, panel: pack.dashboards[0]?.rows[0]?.panels[0]?.alerts }).toEqual({
      alerts: [],
      panel: [],
    });
  });

  it('reports every broken link at once, with what is known', () => {
    const broken = parts({
      dashboards: [
        dashboard([
          panel('requests', { alerts: ['HighErorRate'] }),
          panel('requests'),
          table('routes', {
            columns: [
              {
                from: 'route',
                title: 'Route',
                link: { title: 'x', panel: { dashboard: 'telltale-api', panel: 'gone' } },
              },
            ],
          }),
        ]),
      ],
      alerts: [
        alert('HighErrorRate', { panel: { dashboard: 'telltale-api', panel: 'request' } }),
        alert('ServiceDown'),
      ],
      pages: [page('HighErrorRate', { runbooks: ['rollback'] }), page('Orphan')],
      inhibitions: [{ source: { alertname: 'Nobody' }, target: { alertname: 'ServiceDown' }, equal: [], reason: '' }],
    });
    const problems = messageOf(() => join(model, broken));
    expect(problems.map((line) => line.replace(/(?<=known are ).*|\d{2,}/, '...'))).toEqual([
      'Cannot link alert "HighErrorRate" to panel "telltale-api/request" as it does not exist: known are ...',
      'Cannot give panel "telltale-api/requests" an id as "telltale-api/requests" has the same, ...: rename one of the keys',
      'Cannot link panel "telltale-api/requests" to alert "HighErorRate" as it does not exist: known are ...',
      'Cannot link a cell of panel "telltale-api/routes" to panel "telltale-api/gone" as it does not exist: known are ...',
      'Cannot link an inhibition to alert "Nobody" as it does not exist: known are ...',
      'Cannot link page "HighErrorRate" to runbook "rollback" as it does not exist: known are ...',
      'Cannot link page "Orphan" to alert "Orphan" as it does not exist: known are ...',
      'Cannot link alert "ServiceDown" to page "runbooks/alerts/ServiceDown.md" as it does not exist: known are ...',
    ]);
    expect(problems.at(-1)).toMatch(/: known are "HighErrorRate" and "Orphan"$/);
  });
});

function messageOf(action: () => unknown): string[] {
  try {
    action();
  } catch (error) {
    return (error as Error).message.split('\n');
  }
  return [];
}
