/** Records what the school measures. */
import { businessMetrics } from 'telltale';
import type { Registry } from 'prom-client';
import { classroomModel } from './business-model.ts';
import type { Happenings } from './classroom.ts';

export interface SchoolMetrics extends Happenings {
  activeUsers(count: number): void;
}

export function schoolMetrics(registry: Registry): SchoolMetrics {
  const business = businessMetrics(classroomModel, { registry });
  return {
    activeUsers: (count) => business.activeUsers.set(count),
    contentCreated: (kind) => business.contentCreated.inc({ kind }),
    assignmentCompleted: () => business.assignmentsCompleted.inc(),
  };
}
