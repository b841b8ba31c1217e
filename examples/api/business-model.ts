/** What the school measures: declared once, recorded by the api, and shown by the dashboard through telltale.config.ts. */
import type { BusinessModel } from 'telltale';

export const classroomModel = {
  activeUsers: {
    name: 'active_users',
    kind: 'gauge',
    help: 'Users seen in the last five minutes.',
    // Every instance counts the users of the whole service.
    aggregation: 'max',
  },
  contentCreated: {
    name: 'content_created_total',
    kind: 'counter',
    help: 'Pieces of content created.',
    // Any other kind is recorded as `other`.
    labels: { kind: ['course', 'lesson', 'assignment', 'comment'] },
    title: 'Content created',
  },
  assignmentsCompleted: {
    name: 'assignments_completed_total',
    kind: 'counter',
    help: 'Assignments handed in.',
    title: 'Assignments completed',
  },
} as const satisfies BusinessModel;
