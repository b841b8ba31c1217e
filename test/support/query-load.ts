/** Load on a pool in every form an application uses, with a tally of what it got, kept apart from any metric. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError, type Pool, type PoolClient } from 'pg';

export interface QueryLoad {
  /** Failures that the callers got, as "class operation". */
  readonly failures: Readonly<Record<string, number>>;
  /** Answers that the callers got, by operation. */
  readonly answers: Readonly<Record<string, number>>;
  /** Resolves once this many more answers have come. */
  answered(count: number): Promise<void>;
  /** Starts nothing more, and waits for what is under way. */
  stop(): Promise<void>;
}

class Tally {
  readonly failures: Record<string, number> = {};
  readonly answers: Record<string, number> = {};

  /** Hands on what the promise gives. */
  async of<T>(operation: string, promise: Promise<T>): Promise<T> {
    try {
      const result = await promise;
      this.answers[operation] = (this.answers[operation] ?? 0) + 1;
      return result;
    } catch (error) {
      const key = `${classOf(error)} ${operation}`;
      this.failures[key] = (this.failures[key] ?? 0) + 1;
      throw error;
    }
  }

  get answerCount(): number {
    return Object.values(this.answers).reduce((sum, count) => sum + count, 0);
  }
}

type Act = (pool: Pool, tally: Tally) => Promise<unknown>;

const acts: readonly Act[] = [
  (pool, tally) => tally.of('select', pool.query('select pg_sleep(0.002)')),
  (pool, tally) => tally.of('update', queryBack(pool, 'update seats set taken = taken + 1')),
  (pool, tally) => tally.of('insert', pool.query('insert into seats values (0, 0)')),
  transaction,
];

/** The table has a row, so that the insert above fails by class 23. */
export async function prepareLoad(pool: Pool): Promise<void> {
  await pool.query('create table seats (n int primary key, taken int)');
  await pool.query('insert into seats values (0, 0)');
}

export function startLoad(pool: Pool, workers: number): QueryLoad {
  const tally = new Tally();
  const stopping = new AbortController();
  const work = async (first: number): Promise<void> => {
    for (let turn = first; !stopping.signal.aborted; turn += 1) {
      const act = acts[turn % acts.length] as Act;
      // A failure is in the tally. A server that is away refuses at once: no use in asking it all the time.
      await act(pool, tally).catch(() => sleep(5));
    }
  };
  // pg-pool takes its own listener off a client that it hands out, and the last words of a server that ends can come in
  // the same chunk as the answer before: the process would end, as it would with a bare pool.
  pool.on('connect', (client) => client.on('error', () => {}));
  const running = Array.from({ length: workers }, (_, index) => work(index));
  return {
    failures: tally.failures,
    answers: tally.answers,
    answered: async (count) => {
      const goal = tally.answerCount + count;
      while (tally.answerCount < goal) await sleep(5);
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

async function transaction(pool: Pool, tally: Tally): Promise<void> {
  const client = await tally.of('other', pool.connect()).catch(() => null);
  if (client === null) return;
  const failure = await statements(client, tally).catch((error: unknown) => error);
  client.release(failure instanceof Error ? failure : undefined);
}

async function statements(client: PoolClient, tally: Tally): Promise<void> {
  await tally.of('transaction', client.query('BEGIN'));
  await tally.of('delete', client.query({ text: 'delete from seats where n = $1', values: [7] }));
  await tally.of('transaction', client.query('COMMIT'));
}

function queryBack(pool: Pool, text: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    pool.query(text, (error: Error | undefined, result) => (error === undefined ? resolve(result) : reject(error)));
  });
}

function classOf(error: unknown): string {
  if (error instanceof DatabaseError) return error.code?.slice(0, 2) ?? 'none';
  return error instanceof Error && error.message.includes('timeout') ? 'timeout' : 'network';
}
