import { describe, expect, it } from 'vitest';
import { type AnnotationStyle, regionsOf } from '../../preview/src/query/annotation-regions.ts';

const style: AnnotationStyle = {
  name: 'Deploys',
  color: 'blue',
  titleFormat: 'Deploy of {{service}} {{ version }}',
  textFormat: '{{environment}}, commit {{commit}}',
  tagKeys: ['environment', 'nobody'],
  stepSeconds: 60,
  useValueForTime: false,
};
const metric = { environment: 'demo', service: 'api', version: '1.2.3' };
const spansOf = (values: readonly (readonly [number, string])[]): unknown =>
  regionsOf({ metric, values }, style).map(({ from, to }) => [from / 1000, to / 1000]);

describe('regionsOf()', () => {
  it('joins samples that are a step apart', () => {
    expect(
      spansOf([
        [60, '1'],
        [120, '1'],
        [180, '3'],
      ]),
    ).toEqual([[60, 180]]);
  });

  it('begins anew after a gap', () => {
    expect(
      spansOf([
        [60, '1'],
        [120, '1'],
        [300, '1'],
        [600, '1'],
      ]),
    ).toEqual([
      [60, 120],
      [300, 300],
      [600, 600],
    ]);
  });

  it('leaves out what is not above zero', () => {
    expect(
      spansOf([
        [60, '0'],
        [120, '-1'],
        [180, 'NaN'],
        [240, '+Inf'],
      ]),
    ).toEqual([[240, 240]]);
  });

  it('says what it is, and names a label that is missing', () => {
    expect(regionsOf({ metric, values: [[60, '1']] }, style)).toEqual([
      {
        from: 60_000,
        to: 60_000,
        title: 'Deploy of api 1.2.3',
        text: 'demo, commit commit',
        tags: ['demo'],
        color: 'blue',
        name: 'Deploys',
      },
    ]);
  });

  it('takes the value for the moment where the query says so', () => {
    const regions = regionsOf(
      {
        metric,
        values: [
          [60, '1767322800000'],
          [120, 'NaN'],
        ],
      },
      { ...style, useValueForTime: true },
    );
    expect(regions.map(({ from, to }) => [from, to])).toEqual([[1_767_322_800_000, 1_767_322_800_000]]);
  });

  it('finds nothing in native histograms', () => {
    expect(regionsOf({ metric }, style)).toEqual([]);
  });
});
