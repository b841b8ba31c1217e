/** What the visitors know: the seeded rows, and a little of what they have made themselves. */
import { courseOfLesson, schoolOf, seed } from '../api/database/seed.ts';

/** The newest things of one kind, so that later visits can ask for them. */
export interface Memory<T> {
  add(thing: T): void;
  /** One of them, or the one given when there is none yet. */
  pick(otherwise: T): T;
  /** One of them, which is then forgotten. */
  take(): T | undefined;
}

export interface OwnCourse {
  readonly schoolId: number;
  readonly id: number;
}

export interface OwnSubmission {
  readonly assignmentId: number;
  readonly id: number;
}

export interface World {
  /** A whole number from 1 to max. */
  upTo(max: number): number;
  chance(share: number): boolean;
  /** Path of a random seeded course. */
  coursePath(): string;
  /** Path of a random seeded lesson. */
  lessonPath(): string;
  assignmentId(): number;
  readonly courses: Memory<OwnCourse>;
  readonly submissions: Memory<OwnSubmission>;
  readonly payments: Memory<string>;
}

const remembered = 100;

export function createWorld(random: () => number = Math.random): World {
  const upTo = (max: number): number => 1 + Math.floor(random() * max);
  const memory = <T>(): Memory<T> => {
    const things: T[] = [];
    return {
      add: (thing) => {
        things.push(thing);
        if (things.length > remembered) things.shift();
      },
      pick: (otherwise) => things[upTo(things.length) - 1] ?? otherwise,
      take: () => things.shift(),
    };
  };
  return {
    upTo,
    chance: (share) => random() < share,
    coursePath: () => coursePathOf(upTo(seed.courses)),
    lessonPath: () => {
      const lessonId = upTo(seed.lessons);
      return `${coursePathOf(courseOfLesson(lessonId))}/lessons/${lessonId}`;
    },
    assignmentId: () => upTo(seed.assignments),
    courses: memory(),
    submissions: memory(),
    payments: memory(),
  };
}

function coursePathOf(courseId: number): string {
  return `/schools/${schoolOf(courseId)}/courses/${courseId}`;
}
