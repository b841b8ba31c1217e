/** The child's side of a worker: answers one question at a time. */

/** Says that it is ready, then sends back what `answer` makes of each message. A failure ends the process. */
export function answerQuestions<Question, Answer>(answer: (question: Question) => Answer | Promise<Answer>): void {
  process.on('message', (question: Question) => {
    Promise.resolve(question)
      .then(answer)
      .then((result) => process.send?.(result))
      .catch((error: unknown) => {
        process.stderr.write(`${error instanceof Error ? String(error.stack) : String(error)}\n`);
        process.exit(1);
      });
  });
  process.send?.('ready');
}

/** With `--expose-gc`. Twice, as the first pass may leave what finalizers hold. */
export function collectGarbage(): void {
  for (let pass = 0; pass < 2; pass += 1) globalThis.gc?.();
}
