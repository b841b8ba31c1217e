/** Courses and lessons in the database. */
import type { Query } from '../../service/database.ts';
import { HttpError } from '../../service/http-error.ts';

export interface Course {
  readonly id: number;
  readonly schoolId: number;
  readonly title: string;
  readonly description: string;
  readonly priceMinor: number;
  readonly currency: string;
}

export interface Lesson {
  readonly id: number;
  readonly courseId: number;
  readonly title: string;
  readonly body: string;
}

export const courseColumns = 'id, school_id as "schoolId", title, description, price_minor as "priceMinor", currency';
export const lessonColumns = 'id, course_id as "courseId", title, body';

/** The course, if it is one of the school's. @throws HttpError 404 */
export async function findCourse(query: Query, courseId: number, schoolId?: number): Promise<Course> {
  const [course] = await query<Course>(
    `select ${courseColumns} from courses where id = $1 and school_id = coalesce($2, school_id)`,
    [courseId, schoolId],
  );
  if (course === undefined) throw new HttpError(404, 'There is no such course.');
  return course;
}

/** The lesson, if it is one of the course's. @throws HttpError 404 */
export async function findLesson(query: Query, lessonId: number, courseId?: number): Promise<Lesson> {
  const [lesson] = await query<Lesson>(
    `select ${lessonColumns} from lessons where id = $1 and course_id = coalesce($2, course_id)`,
    [lessonId, courseId],
  );
  if (lesson === undefined) throw new HttpError(404, 'There is no such lesson.');
  return lesson;
}
