/** Runs jobs again and again, each never twice at a time. */
import { logError } from '../../service/log.ts';

export interface ScheduledJob {
  readonly name: string;
  readonly everyMillis: number;
  readonly run: () => Promise<unknown>;
}

export interface Schedule {
  start(): void;
  /** A job is skipped whenever it is due, until it is resumed. */
  pause(name: string): void;
  resume(name: string): void;
  /** Ends the schedule; resolves when no job runs any more. */
  stop(): Promise<void>;
}

export function createSchedule(jobs: readonly ScheduledJob[]): Schedule {
  const paused = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const timers: NodeJS.Timeout[] = [];
  const runOnce = ({ name, run }: ScheduledJob): void => {
    if (paused.has(name) || running.has(name)) return;
    const finish = async (): Promise<void> => {
      try {
        await run();
      } catch (error) {
        logError('job failed', error, { job: name });
      } finally {
        running.delete(name);
      }
    };
    running.set(name, finish());
  };
  return {
    start: () => {
      for (const job of jobs) {
        runOnce(job);
        timers.push(setInterval(() => runOnce(job), job.everyMillis));
      }
    },
    pause: (name) => void paused.add(name),
    resume: (name) => void paused.delete(name),
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running.values());
    },
  };
}
