/** A bound on how long a callback of the user's may take. */

/** Rejects when `run` has not settled in time; its late outcome is then ignored. */
export async function withTimeout<T>(run: () => Promise<T>, timeoutMillis: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMillis} ms`)), timeoutMillis);
    timer.unref();
  });
  try {
    return await Promise.race([run(), late]);
  } finally {
    clearTimeout(timer);
  }
}
