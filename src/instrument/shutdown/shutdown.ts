/** gracefulShutdown(): the end of a service in the order in which nobody notices it. */
import { type DrainedServer, drainable } from './drain.ts';
import { checkShutdownOptions, type GracefulShutdownOptions, shutdownDefaults } from './options.ts';
import { endBy, endNow, watchSignals } from './signals.ts';
import { type Log, planSteps, runSteps, type ShutdownReport, type StepPlan } from './steps.ts';

export type { GracefulShutdownOptions } from './options.ts';

export interface GracefulShutdown {
  /** What the first signal does; a further call gets the same promise. Never rejects: the report says what went wrong. */
  shutDown(): Promise<ShutdownReport>;
  /** Listens to signals and connections no longer. */
  dispose(): void;
}

/**
 * Ends a service on SIGTERM or SIGINT, or when called by hand, one thing after the other:
 *
 * 1. `/ready` answers 503, and answers say `Connection: close`, so that load balancers and clients go elsewhere;
 * 2. for `delayMillis` everything goes on, as that takes them a moment;
 * 3. the servers stop accepting, close idle connections, and answer the requests that are running;
 * 4. your steps, in the order written: flush spans, stop consumers, close pools;
 * 5. the metrics server, so that the last scrape still sees all of that.
 *
 * A step that fails or takes too long is logged in one line, and the next one follows. When all is done the process ends as
 * it would have without: by the signal, which a shell shows as 143 or 130 (`exitCode` is for those who want another). Where
 * somebody else listens to the signal too, or nothing but a call by hand came, it ends when nothing keeps it. A second signal
 * ends it at once. `process.exit()` is called for `exitCode`, and where the signal cannot end the process: for process 1 of
 * a container, which the kernel protects from it, and for a second signal that somebody else listens to.
 *
 * Call it before the servers listen, or right after: it knows the connections that come from then on. Costs one listener per
 * connection, and nothing per request before the shutdown.
 * @throws TELLTALE_OPTION
 * @example
 * const server = app.listen(3000);
 * gracefulShutdown({
 *   health: observed,
 *   servers: [server],
 *   steps: { spans: () => tracer.flush(), database: () => pool.end(), redis: () => redis.quit() },
 *   metrics: await metricsServer({ port: 9464 }),
 * });
 */
export function gracefulShutdown(options: GracefulShutdownOptions): GracefulShutdown {
  checkShutdownOptions(options);
  const { signals = shutdownDefaults.signals, exitCode, log = toStandardError } = options;
  const contained = containedLog(log);
  const servers = (options.servers ?? []).map((server) => drainable(server, contained));
  const steps = stepsOf(options, servers);
  let running: Promise<ShutdownReport> | undefined;
  const begin = async (why: string): Promise<ShutdownReport> => {
    contained(`shutdown: ${why}`);
    const report = await runSteps(steps, options.deadlineMillis ?? shutdownDefaults.deadlineMillis, contained);
    contained(`shutdown: done after ${Math.round(report.seconds * 1_000)} ms`);
    if (exitCode !== undefined) process.exit(exitCode);
    return report;
  };
  const unwatch = watchSignals(signals, (signal, count) => {
    if (count > 1) {
      contained(`shutdown: ${signal} again, ends at once`);
      unwatch();
      return endNow(signal);
    }
    void endAfterwards(signal);
  });
  const endAfterwards = async (signal: NodeJS.Signals): Promise<void> => {
    running ??= begin(signal);
    await running;
    unwatch();
    endBy(signal);
  };
  return {
    shutDown: () => (running ??= begin('called')),
    dispose: () => {
      unwatch();
      for (const server of servers) server.dispose();
    },
  };
}

/** Everything, in order. What there is nothing of is left out. */
function stepsOf(options: GracefulShutdownOptions, servers: readonly DrainedServer[]): readonly StepPlan[] {
  const {
    health,
    metrics,
    delayMillis = shutdownDefaults.delayMillis,
    drainTimeoutMillis = shutdownDefaults.drainTimeoutMillis,
    stepTimeoutMillis = shutdownDefaults.stepTimeoutMillis,
  } = options;
  const goAway: StepPlan = {
    name: 'not ready',
    timeoutMillis: stepTimeoutMillis,
    run: () => {
      for (const server of servers) server.goAway();
      health?.draining();
    },
  };
  const delay: StepPlan = {
    name: 'delay',
    timeoutMillis: Number.POSITIVE_INFINITY,
    run: () => sleep(delayMillis),
  };
  const drain: StepPlan = {
    name: 'requests',
    timeoutMillis: drainTimeoutMillis,
    run: ({ signal }) => Promise.all(servers.map((server) => server.drain(signal))),
  };
  const close: readonly StepPlan[] =
    metrics === undefined ? [] : [{ name: 'metrics', timeoutMillis: stepTimeoutMillis, run: () => metrics.close() }];
  const ofServers = servers.length === 0 ? [] : [...(delayMillis > 0 ? [delay] : []), drain];
  return [goAway, ...ofServers, ...planSteps(options.steps ?? {}, stepTimeoutMillis), ...close];
}

function sleep(millis: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, millis);
  });
}

function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}

function containedLog(log: Log): Log {
  return (line) => {
    try {
      log(line);
    } catch {
      // A logger that is closed already must not keep the rest from closing.
    }
  };
}
