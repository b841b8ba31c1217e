import { describe, expect, it } from 'vitest';
import { parseDependencies, reachableLibraries } from '../../../servers/debian/suite.ts';

const printed = `redis-server
  PreDepends: init-system-helpers
  Depends: redis-tools
redis-tools
  Depends: libc6
 |Depends: libsystemd0
  Depends: libelogind0
  Depends: libjemalloc2
libsystemd0
  Depends: libgcrypt20
  Depends: libc6
libgcrypt20
  Depends: libgpg-error0
init-system-helpers
  Depends: perl
perl
  Depends: libperl5.36
<perl:any>
`;

describe('parseDependencies()', () => {
  it('takes the first of alternatives', () => {
    expect(parseDependencies(printed).get('redis-tools')).toEqual(['libc6', 'libsystemd0', 'libjemalloc2']);
  });
});

describe('reachableLibraries()', () => {
  it('follows libraries only, and leaves the C library to the machine', () => {
    expect(reachableLibraries(parseDependencies(printed), ['redis-server', 'redis-tools'])).toEqual([
      'libgcrypt20',
      'libgpg-error0',
      'libjemalloc2',
      'libsystemd0',
    ]);
  });
});
