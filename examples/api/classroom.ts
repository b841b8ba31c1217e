/** What the routers of the classroom work with. */
import type { Database } from '../service/database.ts';
import type { ContentCache } from './cache/content-cache.ts';
import type { LiveCourses } from './content/live-courses.ts';
import type { PaymentsClient } from './payments/payments-client.ts';
import type { SignIn } from './users/sign-in.ts';

/** What the school cares about, counted as it happens. */
export interface Happenings {
  contentCreated(kind: 'course' | 'lesson' | 'assignment' | 'comment'): void;
  assignmentCompleted(): void;
}

export interface Classroom {
  readonly database: Database;
  readonly cache: ContentCache;
  readonly payments: PaymentsClient;
  readonly live: LiveCourses;
  readonly happenings: Happenings;
  readonly signedIn: SignIn['signedIn'];
  /** Folder of uploaded files. */
  readonly uploads: string;
}
