import * as fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { toModel } from '../../src/config/to-model.ts';
import { escapeProvisioning, grafanaProvisioning } from '../../src/emit/grafana-provisioning.ts';

const files = grafanaProvisioning(toModel({}));
const read = (path: string): unknown => load(files.get(`monitoring/grafana/provisioning/${path}/telltale.yml`) ?? '');

describe('grafanaProvisioning()', () => {
  it('names data sources by uids that never change', () => {
    const { datasources } = read('datasources') as {
      readonly datasources: readonly Readonly<Record<string, unknown>>[];
    };
    expect(datasources.map(({ uid, type, url, editable }) => ({ uid, type, url, editable }))).toEqual([
      { uid: 'telltale-prometheus', type: 'prometheus', url: 'http://prometheus:9090', editable: false },
      { uid: 'telltale-alertmanager', type: 'alertmanager', url: 'http://alertmanager:9093', editable: false },
    ]);
  });

  it('tells Grafana how often samples come', () => {
    const files = grafanaProvisioning(toModel({ timing: { scrapeInterval: '30s' } }));
    expect([...files.values()].join()).toContain('timeInterval: 30s');
  });

  it('provides dashboards that cannot be edited', () => {
    expect(read('dashboards')).toMatchObject({
      providers: [
        { type: 'file', disableDeletion: true, allowUiUpdates: false, options: { path: '/etc/telltale/dashboards' } },
      ],
    });
  });
});

describe('escapeProvisioning()', () => {
  it('keeps every text as it is once Grafana has replaced variables', () => {
    const property = fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', 'A', '_', ' ') }), (value) => {
      expect(interpolate(escapeProvisioning(value))).toBe(value);
    });
    fc.assert(property);
  });
});

/** As Grafana does it: `$$` is a dollar, `$NAME` and `${NAME}` are variables. */
function interpolate(text: string): string {
  return text.replace(/\$(\$|\w+|\{[^}]*\})?/g, (_, rest: string | undefined) => (rest === '$' ? '$' : 'REPLACED'));
}
