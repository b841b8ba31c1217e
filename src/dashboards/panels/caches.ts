/** Caches: of the application, of PostgreSQL and of Redis. */
import { cacheCatalog } from '../../catalog/cache.ts';
import { postgresExporterCatalog as postgres } from '../../catalog/postgres-exporter.ts';
import { redisExporterCatalog as redis } from '../../catalog/redis-exporter.ts';
import { rateInterval } from '../../objectives/duration.ts';
import { type Expression, promql } from '../../promql/expression.ts';
import { quantile, rate, sumBy } from '../../promql/functions.ts';
import { counter, gauge } from '../../promql/selector.ts';
import type { Row, TimeseriesPanel } from '../panel.ts';
import { perService, serviceLegend } from './expressions.ts';
import { graph } from './shapes.ts';

const perCache = [...perService, 'cache'] as const;
const noRedis = 'redis_exporter reports nothing: can it reach Redis?';

export function cachesRow(): Row {
  return {
    title: 'Do the caches work?',
    panels: [hitRatios(), cacheLatency(), redisMemory(), redisEvictions(), redisClients()],
  };
}

function hitRatios(): TimeseriesPanel {
  const reads = sumBy(perCache, rate(counter(cacheCatalog.requests), rateInterval));
  const hits = sumBy(perCache, rate(counter(cacheCatalog.requests, { result: 'hit' }), rateInterval));
  const redisHits = sumBy(perService, rate(counter(redis.hits), rateInterval));
  const redisMisses = sumBy(perService, rate(counter(redis.misses), rateInterval));
  const inMemory = sumBy(perService, rate(counter(postgres.blocksHit), rateInterval));
  const fromDisk = sumBy(perService, rate(counter(postgres.blocksRead), rateInterval));
  return graph({
    key: 'hit-ratios',
    title: 'Cache hit ratios',
    description:
      'Share of reads that a cache answered: of the application, of Redis, and of PostgreSQL (blocks in memory). Good: steady and high; a drop moves the load to the database.',
    unit: 'ratio',
    width: 12,
    targets: [
      { expression: promql`${hits} / ${reads}`, legend: `${serviceLegend} {{cache}}` },
      { expression: shareOfBoth(redisHits, redisMisses), legend: `${serviceLegend} Redis` },
      { expression: shareOfBoth(inMemory, fromDisk), legend: `${serviceLegend} PostgreSQL` },
    ],
    min: 0,
    max: 1,
    related: [{ dashboard: 'telltale-api', panel: 'latency' }],
    noValue: 'No cache has been read in this window',
  });
}

function shareOfBoth(hits: Expression, misses: Expression): Expression {
  return promql`${hits} / ${promql`${hits} + ${misses}`}`;
}

function cacheLatency(): TimeseriesPanel {
  return graph({
    key: 'cache-latency',
    title: 'Time of cache operations',
    description: 'p95 of operations by cache. Good: far below the time of a query, or the cache does not pay.',
    unit: 'seconds',
    width: 12,
    targets: [
      {
        expression: quantile(0.95, cacheCatalog.operationDuration, { by: perCache, window: rateInterval }),
        legend: `${serviceLegend} {{cache}} p95`,
      },
    ],
    min: 0,
    noValue: 'No cache has been used in this window',
  });
}

function redisMemory(): TimeseriesPanel {
  return graph({
    key: 'redis-memory',
    title: 'Redis memory',
    description:
      'Memory in use, with the limit dashed where there is one. Good: below the limit, where Redis starts to evict or to refuse writes.',
    unit: 'bytes',
    targets: [
      { expression: sumBy(perService, gauge(redis.memoryUsed)), legend: serviceLegend },
      {
        expression: promql`${sumBy(perService, gauge(redis.memoryMax))} > 0`,
        legend: `${serviceLegend} limit`,
        muted: true,
        quietUnless: 'Redis has a memory limit (maxmemory)',
      },
    ],
    min: 0,
    noValue: noRedis,
  });
}

function redisEvictions(): TimeseriesPanel {
  return graph({
    key: 'redis-evictions',
    title: 'Redis evictions',
    description:
      'Keys a second that Redis removed because memory ran out. Good: at 0, unless it is meant as a plain cache.',
    unit: 'per_second',
    targets: [{ expression: sumBy(perService, rate(counter(redis.evictions), rateInterval)), legend: serviceLegend }],
    min: 0,
    noValue: noRedis,
  });
}

function redisClients(): TimeseriesPanel {
  return graph({
    key: 'redis-clients',
    title: 'Redis clients',
    description: 'Clients connected to Redis. Good: steady; a climb is a leak of connections.',
    unit: 'count',
    targets: [{ expression: sumBy(perService, gauge(redis.clients)), legend: serviceLegend }],
    min: 0,
    noValue: noRedis,
  });
}
