import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasProcFs } from '../../src/instrument/runtime/file-descriptors.ts';
import { readProcessMemory } from '../../src/instrument/runtime/process-memory.ts';

/** Kilobytes of 1024 bytes, by the kernel's name. */
function kernelTells(): ReadonlyMap<string, number> {
  const lines = readFileSync('/proc/self/status', 'utf8').split('\n');
  return new Map(lines.map((line) => line.split(/:?\s+/)).map(([name = '', kilobytes]) => [name, Number(kilobytes)]));
}

describe.runIf(hasProcFs)('readProcessMemory()', () => {
  it('is what the kernel tells, in bytes', () => {
    const before = kernelTells();
    const { residentBytes, virtualBytes, dataBytes } = readProcessMemory();
    const share = (bytes: number, name: string): number => bytes / 1_024 / (before.get(name) ?? Number.NaN);
    // Other threads may take a page in between; kilobytes of 1000 would be 2 % less.
    expect(share(residentBytes, 'VmRSS')).toBeCloseTo(1, 2);
    expect(share(virtualBytes, 'VmSize')).toBeCloseTo(1, 2);
    expect(share(dataBytes, 'VmData')).toBeCloseTo(1, 2);
  });
});
