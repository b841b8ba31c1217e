/** What the school measures: declared once, recorded by name. */
import { businessMetrics } from 'telltale';
import type { Registry } from 'prom-client';
import type { Happenings } from './classroom.ts';

export const classroomModel = {
  activeUsers: {
    name: 'active_users',
    kind: 'gauge',
    unit: 'items',
    help: 'Users seen in the last five minutes.',
    aggregation: 'max',
  },
  contentCreated: {
    name: 'content_created_total',
    kind: 'counter',
    unit: 'items',
    help: 'Pieces of content created.',
    labels: { kind: { values: ['course', 'lesson', 'assignment', 'comment', 'other'], otherwise: 'other' } },
  },
  assignmentsCompleted: {
    name: 'assignments_completed_total',
    kind: 'counter',
    unit: 'items',
    help: 'Assignments handed in.',
  },
} as const;

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
