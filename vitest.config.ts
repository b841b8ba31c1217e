import { defineConfig } from 'vitest/config';

const resolve = { alias: { '#module-url': new URL('./src/module-url.ts', import.meta.url).pathname } };

/** `unit` needs nothing but Node; `types` are compile-time tests; `integration` starts real servers; `browser` Chromium too. */
export default defineConfig({
  resolve,
  test: {
    // By default one core is left idle, which on two cores doubles the time.
    maxWorkers: '100%',
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/integration/**', 'test/browser/**', 'test/**/*.test-d.ts'],
          // Some start a process: on a busy machine that takes a while.
          testTimeout: 30_000,
        },
      },
      {
        resolve,
        test: {
          name: 'types',
          include: [],
          typecheck: { enabled: true, only: true, include: ['test/**/*.test-d.ts'], tsconfig: './tsconfig.json' },
        },
      },
      {
        resolve,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        resolve,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
