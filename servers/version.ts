/** Versions as numbers between dots: reading them from a program's output or a package, and comparing them. */

/** `a` is at least `b`, comparing number by number; missing numbers are 0, and anything after them is ignored. */
export function isAtLeast(version: string, minimum: string): boolean {
  const have = numbers(version);
  const need = numbers(minimum);
  for (let index = 0; index < Math.max(have.length, need.length); index += 1) {
    const difference = (have[index] ?? 0) - (need[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** The version a program printed, or undefined when the output is not what this program prints. */
export function parseVersion(output: string, pattern: RegExp): string | undefined {
  return pattern.exec(output)?.[1]?.replace(/\.$/, '');
}

/** The upstream part of a Debian package version: `5:7.0.15-1~deb12u7` -> `7.0.15`. */
export function upstreamVersion(packageVersion: string): string {
  return /^(?:\d+:)?(\d+(?:\.\d+)*)/.exec(packageVersion)?.[1] ?? packageVersion;
}

function numbers(version: string): readonly number[] {
  const digits = /^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '0';
  return digits.split('.').map(Number);
}
