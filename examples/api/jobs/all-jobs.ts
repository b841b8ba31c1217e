/** What the api does without being asked. */
import { instrumentJob } from 'telltale';
import type { Registry } from 'prom-client';
import type { Database } from '../../service/database.ts';
import type { Seam } from '../../service/seam.ts';
import { countActiveUsers } from '../users/active-users.ts';
import { gradeAssignments } from './grading.ts';
import { sendReminders } from './reminders.ts';
import type { ScheduledJob } from './schedule.ts';

export interface JobsOptions {
  readonly database: Database;
  readonly registry: Registry;
  readonly everyMillis: number;
  readonly beforeJob: Seam;
  /** Told how many users are active, each time the jobs run. */
  readonly activeUsers: (count: number) => void;
}

export function allJobs({
  database: { query },
  registry,
  everyMillis,
  beforeJob,
  activeUsers,
}: JobsOptions): ScheduledJob[] {
  const measured = (name: string, work: () => Promise<unknown>): ScheduledJob => {
    const run = async (): Promise<void> => {
      await beforeJob.run();
      await work();
    };
    return { name, everyMillis, run: instrumentJob(name, run, { registry }) };
  };
  return [
    measured('grade-assignments', () => gradeAssignments(query)),
    measured('send-reminders', () => sendReminders(query)),
    { name: 'count-active-users', everyMillis, run: async () => activeUsers(await countActiveUsers(query)) },
  ];
}
