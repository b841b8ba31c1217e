import { afterEach, describe, expect, test } from 'vitest';
import { setTraceReader } from '../../src/correlation/current-trace.ts';
import { traceMixin } from '../../src/correlation/trace-mixin.ts';

afterEach(() => setTraceReader(undefined));

describe('traceMixin()', () => {
  test('adds nothing without a tracer or outside a span', () => {
    expect(traceMixin()()).toEqual({});
    setTraceReader(() => undefined);
    expect(traceMixin()()).toEqual({});
  });

  test.each([
    [true, '01'],
    [false, '00'],
  ])('adds the ids of the current span, sampled: %s', (isSampled, flags) => {
    setTraceReader(() => ({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), isSampled }));
    expect(traceMixin()()).toEqual({ trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16), trace_flags: flags });
  });
});
