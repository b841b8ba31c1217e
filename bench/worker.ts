/** A process of its own per contestant: what one does to the compiler and the heap does not reach another. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Worker<Question, Answer> {
  ask(question: Question): Promise<Answer>;
  stop(): Promise<void>;
}

export interface WorkerOptions {
  /** File name in bench/workers/, compiled. */
  readonly file: string;
  readonly args: readonly string[];
  /** Of Node. */
  readonly flags: readonly string[];
}

/** Resolves once the worker is ready to be asked. */
export async function startWorker<Question extends object, Answer>({
  file,
  args,
  flags,
}: WorkerOptions): Promise<Worker<Question, Answer>> {
  const child = fork(fileURLToPath(new URL(`workers/${file}`, import.meta.url)), args, {
    execArgv: [...flags],
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new AbortController();
  child.once('exit', () => ended.abort());
  const nextMessage = async (): Promise<unknown> => {
    try {
      return ((await once(child, 'message', { signal: ended.signal })) as unknown[])[0];
    } catch (error) {
      throw new Error(`Cannot measure "${args.join(' ')}": its process has ended`, { cause: error });
    }
  };
  await nextMessage();
  return {
    ask: async (question) => {
      const answer = nextMessage();
      child.send(question);
      return (await answer) as Answer;
    },
    stop: async () => {
      if (ended.signal.aborted) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}

/** Starts a worker per key, hands them over, and ends them whatever happens. */
export async function withWorkers<Question extends object, Answer, Result>(
  options: ReadonlyMap<string, WorkerOptions>,
  use: (workers: ReadonlyMap<string, Worker<Question, Answer>>) => Promise<Result>,
): Promise<Result> {
  const workers = new Map<string, Worker<Question, Answer>>();
  try {
    for (const [key, each] of options) workers.set(key, await startWorker<Question, Answer>(each));
    return await use(workers);
  } finally {
    await Promise.all([...workers.values()].map((worker) => worker.stop()));
  }
}
