import { describe, expect, it } from 'vitest';
import { countHistograms, instantFrames, rangeFrames } from '../../preview/src/query/frames.ts';
import { fillLabels, seriesName } from '../../preview/src/query/series-name.ts';
import { tables } from '../../preview/src/query/tables.ts';

const options = { refId: 'A', legendFormat: '{{job}} p95', expr: 'up', stepSeconds: 15 };

const valuesOf = (result: Parameters<typeof instantFrames>[0]): unknown =>
  instantFrames(result, options).map(({ fields }) => fields.map(({ values }) => values));

const sample = (metric: Readonly<Record<string, string>>, value: string): ReturnType<typeof instantFrames> =>
  instantFrames({ resultType: 'vector', result: [{ metric, value: [10, value] }] }, options);
const columns = (answers: Parameters<typeof tables>[0]): unknown =>
  tables(answers).map(({ fields }) => Object.fromEntries(fields.map(({ name, values }) => [name, values])));

describe('rangeFrames()', () => {
  it('makes a frame of each series, named by its legend, gaps left out', () => {
    const values = [
      [1_000.25, '1.5'],
      [1_030, 'NaN'],
      [1_045, '+Inf'],
      [1_060, '-Inf'],
    ] as const;
    expect(rangeFrames([{ metric: { job: 'api' }, values }], options)).toEqual([
      {
        refId: 'A',
        length: 4,
        fields: [
          {
            name: 'Time',
            type: 'time',
            config: { interval: 15_000 },
            values: [1_000_250, 1_030_000, 1_045_000, 1_060_000],
          },
          {
            name: 'Value',
            type: 'number',
            labels: { job: 'api' },
            config: { displayNameFromDS: 'api p95' },
            values: [1.5, Number.NaN, Infinity, -Infinity],
          },
        ],
      },
    ]);
  });

  it('leaves native histograms out, which are counted', () => {
    const series = [
      { metric: {}, histograms: [] },
      { metric: {}, values: [] },
    ];
    expect(rangeFrames(series, options)).toHaveLength(1);
    expect(countHistograms(series)).toBe(1);
  });
});

describe('instantFrames()', () => {
  it('makes a frame of each sample of a vector', () => {
    const result = [
      { metric: { job: 'a' }, value: [10, '1'] },
      { metric: { job: 'b' }, value: [10, '2'] },
    ] as const;
    expect(valuesOf({ resultType: 'vector', result })).toEqual([
      [[10_000], [1]],
      [[10_000], [2]],
    ]);
  });

  it('makes a frame of a scalar', () => {
    expect(valuesOf({ resultType: 'scalar', result: [10, '42'] })).toEqual([[[10_000], [42]]]);
  });

  it('shows no strings', () => {
    expect(valuesOf({ resultType: 'string', result: [10, 'text'] })).toEqual([]);
  });
});

describe('seriesName()', () => {
  const labels = { __name__: 'up', job: 'api', instance: 'a"b' };
  const nameOf = (legendFormat: string, of: Readonly<Record<string, string>> = labels): string | undefined =>
    seriesName(of, { legendFormat, expr: 'sum(up)' });

  it('fills the legend, and nothing for a label that is missing', () => {
    expect(nameOf('{{job}}/{{ instance }} {{nobody}}!')).toBe('api/a"b !');
  });

  it('writes the series when there is no legend', () => {
    expect(nameOf('')).toBe(String.raw`up{instance="a\"b", job="api"}`);
    expect(nameOf('', { __name__: 'up' })).toBe('up');
  });

  it('writes the query when the series has no labels', () => {
    expect(nameOf('', {})).toBe('sum(up)');
    expect(nameOf('__auto', {})).toBe('sum(up)');
  });

  it('leaves the name to what draws', () => {
    expect(nameOf('__auto')).toBeUndefined();
  });
});

describe('fillLabels()', () => {
  it('asks what stands for a missing label', () => {
    expect(fillLabels('{{a}} {{b}}', { a: 'x' }, (label) => `no ${label}`)).toBe('x no b');
  });
});

describe('tables()', () => {
  it('makes one table of a query, with a column per label', () => {
    const frames = [...sample({ route: '/a', method: 'GET' }, '1'), ...sample({ code: '500' }, '2')];
    expect(columns([{ refId: 'A', frames }])).toEqual([
      { Time: [10_000, 10_000], method: ['GET', ''], route: ['/a', ''], code: ['', '500'], Value: [1, 2] },
    ]);
  });

  it('names the value after its query when there are several, also where one finds nothing', () => {
    expect(
      columns([
        { refId: 'A', frames: sample({}, '1') },
        { refId: 'B', frames: [] },
      ]),
    ).toEqual([
      { Time: [10_000], 'Value #A': [1] },
      { Time: [], 'Value #B': [] },
    ]);
  });

  it('makes none when nothing is found', () => {
    expect(tables([{ refId: 'A', frames: [] }])).toEqual([]);
  });
});
