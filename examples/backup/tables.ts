/** What a backup holds: in an order in which rows can be restored, those that are referred to first. */

export const backedUpTables = [
  'classroom.schools',
  'classroom.users',
  'classroom.courses',
  'classroom.lessons',
  'classroom.assignments',
  'classroom.submissions',
  'classroom.comments',
  'classroom.enrolments',
  'payments.payments',
] as const;

export type BackedUpTable = (typeof backedUpTables)[number];

/** One line of a backup. */
export interface BackupLine {
  readonly table: BackedUpTable;
  readonly row: object;
}

export type RowCounts = ReadonlyMap<string, number>;
