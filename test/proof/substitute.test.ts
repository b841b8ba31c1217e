import { describe, expect, it } from 'vitest';
import { rateIntervalSeconds, substitute } from '../../src/proof/substitute.ts';

const options = { rateIntervalSeconds: 60, rangeSeconds: 300, stepSeconds: 15 };

describe('substitute()', () => {
  it('chooses "All" for every dashboard variable', () => {
    expect(substitute('up{job=~"$job",instance=~"${instance:regex}"}', options)).toBe('up{job=~".+",instance=~".+"}');
  });

  it('fills a given variable', () => {
    expect(substitute('up{service=~"$service"}', { ...options, variables: { service: 'api' } })).toBe(
      'up{service=~"api"}',
    );
  });

  it('fills the windows of Grafana', () => {
    expect(substitute('rate(a_total[$__rate_interval]) + max_over_time(b[$__range:$__interval])', options)).toBe(
      'rate(a_total[60s]) + max_over_time(b[300s:15s])',
    );
  });
});

describe('rateIntervalSeconds()', () => {
  it('is at least four scrapes', () => {
    expect(rateIntervalSeconds(15, 15)).toBe(60);
  });

  it('is a step and a scrape when the step is long', () => {
    expect(rateIntervalSeconds(120, 15)).toBe(135);
  });
});
