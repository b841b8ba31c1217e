import { describe, expect, it } from 'vitest';
import { allToolNames, toolSpec, type ToolName } from '../../servers/all-tools.ts';
import { isAtLeast, parseVersion, upstreamVersion } from '../../servers/version.ts';

describe('isAtLeast()', () => {
  it.each([
    ['3.5.3', '3.5', true],
    ['3.5', '3.5.0', true],
    ['3.10.0', '3.5', true],
    ['3.4.9', '3.5', false],
    ['2.42.0', '3.5', false],
    ['0.28', '0.28.1', false],
    ['10', '9.9', true],
    ['3.5.3+ds1', '3.5.3', true],
  ])('%s is at least %s: %s', (version, minimum, expected) => {
    expect(isAtLeast(version, minimum)).toBe(expected);
  });
});

describe('upstreamVersion()', () => {
  it.each([
    ['5:7.0.15-1~deb12u7', '7.0.15'],
    ['3.5.3+ds1-6', '3.5.3'],
    ['0.19.1-1+b1', '0.19.1'],
  ])('of %s is %s', (packageVersion, expected) => {
    expect(upstreamVersion(packageVersion)).toBe(expected);
  });
});

describe('parseVersion()', () => {
  const printed: Readonly<Record<ToolName, readonly [output: string, version: string]>> = {
    prometheus: ['prometheus, version 3.5.3+ds1 (branch: debian/sid, revision: 3.5.3+ds1-6)', '3.5.3'],
    promtool: ['promtool, version 3.5.3+ds1 (branch: debian/sid, revision: 3.5.3+ds1-6)', '3.5.3'],
    alertmanager: ['alertmanager, version 0.33.1 (branch: debian/sid, revision: 0.33.1-5)', '0.33.1'],
    amtool: ['amtool, version 0.33.1 (branch: debian/sid, revision: 0.33.1-5)', '0.33.1'],
    'docker-compose': ['Docker Compose version v2.40.3', '2.40.3'],
    'redis-server': ['Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=1', '7.0.15'],
    'node-exporter': ['node_exporter, version 1.11.1 (branch: debian/sid, revision: 1.11.1-3)', '1.11.1'],
    pushgateway: ['pushgateway, version 1.11.2 (branch: debian/sid, revision: 1.11.2-1)', '1.11.2'],
    'postgres-exporter': ['postgres_exporter, version 0.19.1 (branch: HEAD, revision: unknown)', '0.19.1'],
    'redis-exporter': ['time="2026" level=info msg="Redis Metrics Exporter v1.86.0    build date: x"', '1.86.0'],
    'blackbox-exporter': ['blackbox_exporter, version 0.28.0 (branch: HEAD)', '0.28.0'],
  };

  it.each(allToolNames)('reads what %s prints', (name) => {
    const [output, version] = printed[name];
    expect(parseVersion(output, toolSpec(name).versionPattern)).toBe(version);
  });

  it("reads Python's old docker-compose, and Debian's spelling of the Redis exporter", () => {
    const compose = toolSpec('docker-compose').versionPattern;
    expect(parseVersion('docker-compose version 1.29.2, build unknown', compose)).toBe('1.29.2');
    const redis = toolSpec('redis-exporter').versionPattern;
    expect(parseVersion('msg="Redis Metrics Exporter 1.86.0-1    build date: x"', redis)).toBe('1.86.0');
  });

  it('does not take another program for it', () => {
    expect(parseVersion('promtool, version 3.5.3', toolSpec('prometheus').versionPattern)).toBeUndefined();
  });
});
