import { context, INVALID_SPAN_CONTEXT, trace } from '@opentelemetry/api';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { setTraceReader } from '../../src/correlation/current-trace.ts';
import { traceMixin } from '../../src/correlation/trace-mixin.ts';
import { startServer } from '../support/express-server.ts';
import { startTracing } from '../support/traced-server.ts';

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

  test('adds the ids of the span that OpenTelemetry says is current, also after waiting', async () => {
    const tracing = startTracing();
    const lines: string[] = [];
    const log = pino({ base: null, mixin: traceMixin() }, { write: (line) => void lines.push(line) });
    const server = await startServer(
      tracing.traced((_request, response) => {
        setTimeout(() => {
          log.info('in the request');
          response.end();
        }, 1);
      }),
    );
    log.info('outside');
    await Promise.all([server.send({ path: '/a' }), server.send({ path: '/b' })]);
    await server.close();
    tracing.stop();
    const [outside, ...inside] = lines.map((line) => ({ ...(JSON.parse(line) as object), time: 0 }));
    expect(outside).toEqual({ level: 30, time: 0, msg: 'outside' });
    expect(inside).toEqual(tracing.spans.map((ids) => ({ level: 30, time: 0, msg: 'in the request', ...ids })));
  });

  test('adds nothing in a span that is none', () => {
    const tracing = startTracing();
    const none = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
    expect(context.with(trace.setSpan(context.active(), none), traceMixin())).toEqual({});
    tracing.stop();
  });

  test('reads the span of a tracer that says so itself before that of OpenTelemetry', () => {
    const tracing = startTracing();
    setTraceReader(() => ({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), isSampled: true }));
    const span = trace.wrapSpanContext({ traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), traceFlags: 1 });
    expect(context.with(trace.setSpan(context.active(), span), traceMixin())).toMatchObject({
      span_id: 'b'.repeat(16),
    });
    tracing.stop();
  });

  test('adds nothing where a tracer fails', () => {
    setTraceReader(() => {
      throw new Error('no');
    });
    expect(traceMixin()()).toEqual({});
  });
});
