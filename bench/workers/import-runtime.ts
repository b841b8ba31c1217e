/** Prints how many milliseconds importing the runtime took in this process, which has loaded nothing else. */
const start = process.hrtime.bigint();
await import('telltale');
process.stdout.write(String(Number(process.hrtime.bigint() - start) / 1e6));
