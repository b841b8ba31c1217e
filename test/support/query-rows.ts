/** Calls of pg in each form, with all that their caller can see, and what of them is to be recorded. */
import type { Pool, PoolClient, PoolConfig, Query } from 'pg';

export interface QueryRow {
  readonly title: string;
  readonly options?: PoolConfig;
  /** What the caller sees, in values that can be compared. */
  readonly act: (pool: Pool) => Promise<unknown>;
  /** Queries by operation. */
  readonly queries: Readonly<Record<string, number>>;
  /** Failures by "class operation". */
  readonly errors?: Readonly<Record<string, number>>;
}

/** How a promise ends. The stack is compared too: it leads to the caller, and through nothing of ours. */
export async function outcome(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    return thrown(error);
  }
}

export function thrown(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return { class: error.constructor.name, stack: error.stack, ...Object.fromEntries(Object.entries(error)) };
}

export async function withClient<T>(pool: Pool, use: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await use(client);
  } finally {
    client.release();
  }
}

/** What a callback is called with, and what the call itself gives. */
export function calledBack(call: (callback: (...args: unknown[]) => void) => unknown): Promise<unknown> {
  return new Promise((resolve) => {
    const returned: unknown = call((...args) => setImmediate(() => resolve({ returned, args: args.map(thrown) })));
  });
}

/** What a Query object emits, in order. */
export async function events(query: Query): Promise<unknown> {
  const seen: unknown[] = [];
  query.on('row', (row) => seen.push(row));
  const over = new Promise<unknown>((resolve) => {
    query.on('end', () => resolve('end'));
    query.on('error', (error) => resolve(thrown(error)));
  });
  return [...seen, await over, seen];
}
