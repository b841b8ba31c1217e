import { describe, expect, it } from 'vitest';
import { exemplarFrame } from '../../preview/src/query/exemplars.ts';

const options = { refId: 'A', stepSeconds: 15 };
const exemplar = (
  timestamp: number,
  value: string,
  trace: string,
): { labels: { trace_id: string }; value: string; timestamp: number } => ({
  labels: { trace_id: trace },
  value,
  timestamp,
});

describe('exemplarFrame()', () => {
  it('holds the moment, the value, the trace and the labels of the series', () => {
    const series = [
      { seriesLabels: { route: '/a' }, exemplars: [exemplar(30, '2', 'second')] },
      { seriesLabels: { job: 'api' }, exemplars: [exemplar(14.5, '1', 'first')] },
    ];
    const frame = exemplarFrame(series, options);
    expect(frame?.refId).toBe('A');
    expect(Object.fromEntries((frame?.fields ?? []).map(({ name, values }) => [name, values]))).toEqual({
      Time: [14_500, 30_000],
      Value: [1, 2],
      job: ['api', ''],
      route: ['', '/a'],
      trace_id: ['first', 'second'],
    });
  });

  it('keeps the highest of a step, and what is far below it', () => {
    const near = Array.from({ length: 50 }, (_, index) =>
      exemplar(1 + index / 10, String(1 + index / 1000), `near ${index}`),
    );
    const series = [{ seriesLabels: {}, exemplars: [...near, exemplar(3, '9', 'far')] }];
    const traces = exemplarFrame(series, options)?.fields.find(({ name }) => name === 'trace_id')?.values;
    expect(traces).toEqual(['far', 'near 49']);
  });

  it('is none without exemplars', () => {
    expect(exemplarFrame([{ seriesLabels: {}, exemplars: [] }], options)).toBeUndefined();
  });
});
