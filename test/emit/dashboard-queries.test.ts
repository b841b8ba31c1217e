import { describe, expect, it } from 'vitest';
import { dashboardQueries } from '../../src/emit/dashboard-queries.ts';
import { packOf } from '../dashboards/pack-of.ts';

const pack = packOf({});
const queries = pack.dashboards.flatMap((joined) => dashboardQueries(joined, pack.panels));

describe('dashboardQueries()', () => {
  it('names each query by dashboard, panel and letter', () => {
    expect(queries.find(({ panel }) => panel === 'in-flight')).toEqual({
      dashboard: 'telltale-api',
      panel: 'in-flight',
      title: 'Requests in flight',
      refId: 'A',
      expression:
        'sum by (environment, service) (http_requests_in_flight{environment=~"$environment",service=~"$service",job=~"$job",instance=~"$instance"})',
      instant: false,
    });
  });

  it('says of a target, rather than of its panel, when it is quiet', () => {
    const quiet = queries.filter(({ panel }) => panel === 'request-rate').map(({ quietUnless }) => quietUnless);
    expect(quiet).toEqual([undefined, 'there is history of 1w']);
  });

  it('asks for the values of variables', () => {
    const variables = queries.filter(
      ({ dashboard, panel }) => dashboard === 'telltale-errors' && panel.startsWith('$'),
    );
    expect(variables.map(({ panel, expression }) => [panel, expression])).toEqual([
      ['$environment', 'group by (environment) (up)'],
      ['$service', 'group by (service) (up{environment=~"$environment"})'],
      ['$job', 'group by (job) (up{environment=~"$environment",service=~"$service"})'],
      ['$instance', 'group by (instance) (up{environment=~"$environment",service=~"$service",job=~"$job"})'],
    ]);
  });

  it('is unique by its name', () => {
    const names = queries.map(({ dashboard, panel, refId }) => `${dashboard}/${panel}/${refId}`);
    expect(new Set(names).size).toBe(names.length);
  });
});
