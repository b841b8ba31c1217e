/** The classroom on its first day. Ids are fixed, so that the traffic generator knows them without asking. */

export const seed = { schools: 3, users: 60, teachers: 6, courses: 12, lessons: 48, assignments: 96 } as const;

/** Users 1 to 6 teach, the others learn; all belong to the school of their number, counted round. */
export function seedToken(userId: number): string {
  return `demo-user-${userId}`;
}

/** School that a seeded user or course belongs to. */
export function schoolOf(id: number): number {
  return ((id - 1) % seed.schools) + 1;
}

/** Course that a seeded lesson belongs to. */
export function courseOfLesson(lessonId: number): number {
  return ((lessonId - 1) % seed.courses) + 1;
}

const school = `(n - 1) % ${seed.schools} + 1`;

/** The same rules in SQL. Every third course is free. */
export const seedRows: readonly string[] = [
  `insert into schools (id, name)
   select n, 'School ' || n from generate_series(1, ${seed.schools}) n on conflict do nothing`,
  `insert into users (id, school_id, name, email, role, token)
   select n, ${school}, 'User ' || n, 'user-' || n || '@classroom.example',
          case when n <= ${seed.teachers} then 'teacher' else 'student' end, 'demo-user-' || n
   from generate_series(1, ${seed.users}) n on conflict do nothing`,
  `insert into courses (id, school_id, title, description, price_minor, currency)
   select n, ${school}, 'Course ' || n, 'What everybody should know about subject ' || n,
          case when n % 3 = 0 then 0 else 1900 + 100 * n end, case when n % 2 = 0 then 'eur' else 'usd' end
   from generate_series(1, ${seed.courses}) n on conflict do nothing`,
  `insert into lessons (id, course_id, title, body)
   select n, (n - 1) % ${seed.courses} + 1, 'Lesson ' || n, repeat('Read this paragraph twice. ', 40 + 20 * n)
   from generate_series(1, ${seed.lessons}) n on conflict do nothing`,
  `insert into assignments (id, lesson_id, title, due_at)
   select n, (n - 1) % ${seed.lessons} + 1, 'Exercise ' || n, now() + n * interval '1 hour'
   from generate_series(1, ${seed.assignments}) n on conflict do nothing`,
];
