/** How late the event loop runs, and how busy it is. */
import { nodejsDefaultsCatalog as defaults } from '../../catalog/nodejs-defaults.ts';
import { nodejsCatalog as nodejs } from '../../catalog/nodejs.ts';
import type { BoundedMetrics } from '../metrics/bounded-metrics.ts';
import { type EventLoopLag, eventLoopUtilization, monitorEventLoopLag, monitorEventLoopTurn } from './event-loop.ts';
import { type GaugeOf, recordTogether } from './together.ts';

const lagGauges: readonly [GaugeOf<EventLoopLag>, ...GaugeOf<EventLoopLag>[]] = [
  [nodejs.eventLoopLagMean, ({ meanSeconds }) => meanSeconds],
  [nodejs.eventLoopLagP50, ({ p50Seconds }) => p50Seconds],
  [defaults.eventLoopLagP90, ({ p90Seconds }) => p90Seconds],
  [nodejs.eventLoopLagP99, ({ p99Seconds }) => p99Seconds],
  [defaults.eventLoopLagMin, ({ minSeconds }) => minSeconds],
  [defaults.eventLoopLagMax, ({ maxSeconds }) => maxSeconds],
  [defaults.eventLoopLagStddev, ({ stddevSeconds }) => stddevSeconds],
];

export function recordEventLoop(metrics: BoundedMetrics, onDispose: (stop: () => void) => void): void {
  const lag = monitorEventLoopLag();
  onDispose(lag.stop);
  recordTogether(metrics, lag.take, lagGauges);
  const turn = monitorEventLoopTurn();
  onDispose(turn.stop);
  recordTogether(metrics, turn.take, [[defaults.eventLoopLag, (seconds) => seconds]]);
  recordTogether(metrics, eventLoopUtilization(), [[nodejs.eventLoopUtilization, (ratio) => ratio]]);
}
