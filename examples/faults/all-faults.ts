/** Every fault that the example can be put through. */
import { blockEventLoop } from './block-event-loop.ts';
import { businessStop } from './business-stop.ts';
import { cacheOff } from './cache-off.ts';
import { crash } from './crash.ts';
import { errors } from './errors.ts';
import type { Fault } from './fault.ts';
import { healthFailing } from './health-failing.ts';
import { jobFailing } from './job-failing.ts';
import { lockContention } from './lock-contention.ts';
import { memoryLeak } from './memory-leak.ts';
import { outboundTimeout } from './outbound-timeout.ts';
import { paymentsFailing } from './payments-failing.ts';
import { poolExhaustion } from './pool-exhaustion.ts';
import { queueStuck } from './queue-stuck.ts';
import { slowHandler } from './slow-handler.ts';
import { slowQueries } from './slow-queries.ts';
import { unhandledRejection } from './unhandled-rejection.ts';

export const allFaults: readonly Fault[] = [
  errors,
  slowHandler,
  slowQueries,
  blockEventLoop,
  poolExhaustion,
  lockContention,
  cacheOff,
  healthFailing,
  crash,
  paymentsFailing,
  outboundTimeout,
  queueStuck,
  jobFailing,
  memoryLeak,
  businessStop,
  unhandledRejection,
];
