import { closeSync, openSync, readdirSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { hasProcFs, maxFileDescriptors, openFileDescriptors } from '../../src/instrument/runtime/file-descriptors.ts';

describe.runIf(hasProcFs)('openFileDescriptors()', () => {
  it('counts those that /proc names, and each that is opened', () => {
    const named = readdirSync('/proc/self/fd').length - 1;
    const before = openFileDescriptors();
    const opened = [1, 2, 3].map(() => openSync('/dev/null', 'r'));
    const after = openFileDescriptors();
    for (const descriptor of opened) closeSync(descriptor);
    expect([before, after, openFileDescriptors()]).toEqual([named, named + 3, named]);
  });
});

describe.runIf(hasProcFs)('maxFileDescriptors()', () => {
  it('is the soft limit', () => {
    const limit = execFileSync('sh', ['-c', 'ulimit -Sn'], { encoding: 'utf8' }).trim();
    expect(String(maxFileDescriptors() ?? 'unlimited')).toBe(limit);
  });
});
