import { createRequire } from 'node:module';
import express5 from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scrape } from '../support/exposition.ts';
import { secret, startLoggedApp } from '../support/logged-app.ts';
import { requestLogRows } from '../support/request-log-rows.ts';
import { startTracing, type Tracing } from '../support/traced-server.ts';

const express4 = createRequire(import.meta.url)('express4') as typeof express5;

let tracing: Tracing;
beforeEach(() => {
  tracing = startTracing();
});
afterEach(() => tracing.stop());

describe.each([
  ['4', 'after', express4, false],
  ['4', 'before', express4, true],
  ['5', 'after', express5, false],
  ['5', 'before', express5, true],
] as const)('requestLogOptions() on Express %s, %s httpMetrics()', (_version, _order, express, logFirst) => {
  it.each(requestLogRows)(
    'writes one line, without secrets and as the metrics have it: %s',
    async (_title, plan, expected) => {
      const { send, lines, written, registry } = await startLoggedApp(tracing, { express, logFirst });
      await send(plan);
      const [line] = await lines(1);
      const { time, duration_ms, ...rest } = line ?? {};
      expect(rest).toEqual({ request_id: 1, ...expected, ...tracing.spans[0] });
      expect([typeof time, typeof duration_ms]).toEqual(['number', 'number']);
      expect(written.join('')).not.toContain(secret);
      expect(written).toHaveLength(1);
      const { method, route, status, aborted } = rest as Readonly<Record<string, string | number>>;
      const { samples } = await scrape(registry);
      const counted = samples
        .filter(
          ({ name, value }) => value > 0 && /^http_request(?:s_aborted_total|_duration_seconds_count)$/.test(name),
        )
        .map(({ labels }) => labels);
      const duration = { method, route, status_code: String(status) };
      expect(counted).toEqual(aborted === undefined ? [duration] : [duration, { method, route, phase: aborted }]);
    },
  );
});
