import { describe, expect, it } from 'vitest';
import { allRecords } from '../../src/alerts/recording-rules.ts';
import { ruleContext } from '../../src/alerts/rule-context.ts';
import { toModel } from '../../src/config/to-model.ts';
import { recordedCatalog } from '../../src/catalog/recorded.ts';
import { outputLabels } from '../../src/promql/output-labels.ts';
import { knownSeries } from '../../src/promql/catalog-check.ts';
import { metricsOf } from '../../src/model/sources.ts';

const model = toModel({});
const records = allRecords(model);

describe('allRecords()', () => {
  it('records every recorded entry of the catalog', () => {
    expect(new Set(records.map(({ record }) => record))).toEqual(new Set(Object.values(recordedCatalog)));
  });

  it('has the labels that the catalog says', () => {
    const known = knownSeries(metricsOf(model), ruleContext(model));
    const wrong = records.flatMap(({ record, expression, labels = {} }) => {
      const own = outputLabels(expression.render(ruleContext(model)), (metric) => known.get(metric)?.labels ?? []);
      const found = [...own, ...Object.keys(labels)].toSorted();
      const wanted = ['environment', 'service', ...Object.keys(record.labels)].toSorted();
      return found.join() === wanted.join() ? [] : [`${record.name}: ${found.join()} instead of ${wanted.join()}`];
    });
    expect(wrong).toEqual([]);
  });

  it('evaluates windows of a day and more every two minutes, and the others at every evaluation', () => {
    const slow = records.filter(({ interval }) => interval === '2m').map(({ record }) => record.name);
    expect(slow).toEqual(['slo:error_ratio:rate1d', 'slo:error_ratio:rate3d', 'slo:error_ratio:rate30d']);
    expect(new Set(records.filter(({ group }) => group === 'slo').map(({ interval }) => interval))).toEqual(
      new Set(['15s']),
    );
  });

  it('has one rule per series, though services mean different things by one name', () => {
    const slo = { name: 'checkout', kind: 'availability', objectiveRatio: 0.99 } as const;
    const services = ['a', 'b'].map((name) => ({ name, url: 'http://s', slos: [{ ...slo, routes: [`/${name}`] }] }));
    const names = allRecords(toModel({ services })).map(({ record, labels }) => record.name + JSON.stringify(labels));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
