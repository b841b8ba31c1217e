/** instrumentJob(): runs, times and last success of a background job. */
import { jobsCatalog as jobs } from '../../catalog/jobs.ts';
import { jobResult } from '../../catalog/labels.ts';
import { TelltaleError } from '../../errors.ts';
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import type { BoundedMetrics } from '../metrics/bounded-metrics.ts';
import { checkOptions, recorderRules } from '../metrics/option-checks.ts';
import { watchOutcome } from '../runtime/promises.ts';
import { acquireShared } from '../metrics/shared-parts.ts';

export interface InstrumentJobOptions extends RecorderOptions {}

type JobResult = (typeof jobResult)['values'][number];

/** The job, recorded. */
export type InstrumentedJob<This, Args extends unknown[], Result> = ((this: This, ...args: Args) => Result) & {
  /** From now on it runs unrecorded; the metrics leave the registry with the last job on it. */
  dispose(): void;
};

interface JobRecorder {
  declare(job: string): void;
  ran(job: string, result: JobResult, seconds: number): void;
}

/**
 * Wraps the function of a background job; the wrapped one has the same arguments, this, outcome, errors, name and length.
 * Records runs by result, their time in seconds, and when one last succeeded, which is what an alert on a job that silently
 * stopped needs. Both results exist at 0 from here on; the last success only once there was one, as nobody remembers those
 * of the process before. A job ends when its promise does: one that calls back is taken to end when it returns. Runs that
 * overlap are counted each. Costs 17 series per job; beyond 100 names, jobs are recorded as `overflow`.
 * @throws TELLTALE_OPTION when `name` is empty or `job` is not a function; TELLTALE_NO_CLIENT, TELLTALE_METRIC_TAKEN
 * @example
 * const sendDigest = instrumentJob('send_digest', async () => { await mailer.sendAll(); });
 * setInterval(sendDigest, 3_600_000);
 */
export function instrumentJob<This, Args extends unknown[], Result>(
  name: string,
  job: (this: This, ...args: Args) => Result,
  options: InstrumentJobOptions = {},
): InstrumentedJob<This, Args, Result> {
  validate(name, job);
  checkOptions('use instrumentJob()', options, recorderRules);
  const { value: recorder, release } = acquireShared(options, 'jobs', createRecorder);
  recorder.declare(name);
  const run = function (this: This, ...args: Args): Result {
    const started = performance.now();
    const ran = (result: JobResult): void => recorder.ran(name, result, (performance.now() - started) / 1_000);
    return watchOutcome(() => job.apply(this, args), {
      fulfilled: () => ran('success'),
      rejected: () => ran('failure'),
    }) as Result;
  };
  // Schedulers show the name, and some tell by the length whether a job calls back.
  for (const property of ['name', 'length'] as const) {
    Object.defineProperty(run, property, { value: job[property], configurable: true });
  }
  return Object.assign(run, { dispose: release });
}

function createRecorder(metrics: BoundedMetrics): JobRecorder {
  const runs = metrics.counter(jobs.runs);
  const duration = metrics.histogram(jobs.duration);
  const lastSuccess = metrics.gauge(jobs.lastSuccess);
  return {
    declare: (job) => {
      for (const result of jobResult.values) runs.inc({ job_name: job, result }, 0);
      duration.zero({ job_name: job });
    },
    ran: (job, result, seconds) => {
      runs.inc({ job_name: job, result });
      duration.observe({ job_name: job }, seconds);
      if (result === 'success') lastSuccess.set({ job_name: job }, Date.now() / 1_000);
    },
  };
}

function validate(name: string, job: unknown): void {
  if (typeof name === 'string' && name !== '' && typeof job === 'function') return;
  throw new TelltaleError('TELLTALE_OPTION', `Cannot instrument job "${name}": needs a name and a function`, {
    fix: "e.g. instrumentJob('send_digest', sendDigest)",
  });
}
