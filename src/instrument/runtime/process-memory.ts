/** Memory of this process as the kernel counts it, from Linux' /proc: held in memory, so that reading it never waits. */
import { readFileSync } from 'node:fs';

export interface ProcessMemory {
  readonly residentBytes: number;
  readonly virtualBytes: number;
  readonly dataBytes: number;
}

/** One read for all three. `/proc/self/statm` is cheaper, but counts pages, whose size Node does not tell. */
export function readProcessMemory(): ProcessMemory {
  const status = readFileSync('/proc/self/status', 'utf8');
  return {
    residentBytes: bytesOf(status, 'VmRSS'),
    virtualBytes: bytesOf(status, 'VmSize'),
    dataBytes: bytesOf(status, 'VmData'),
  };
}

/** NaN where the kernel does not tell, which no gauge takes. */
function bytesOf(status: string, field: string): number {
  const line = `\n${field}:`;
  const start = status.indexOf(line);
  return start < 0 ? Number.NaN : Number.parseInt(status.slice(start + line.length), 10) * 1_024;
}
