/** One app that two recorders see: that of another library, and ours under the preset for it. */
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { register, Registry } from 'prom-client';
import { expect, vi } from 'vitest';
import type { PresetId } from '../../src/catalog/presets/all-presets.ts';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { serviceInfo } from '../../src/instrument/runtime/service-info.ts';
import { compareExposed, type Comparison, exposedBy } from './exposed.ts';
import { requestsSettle } from './express-exposition.ts';
import type { ExpressLine } from './express-lines.ts';
import { startServer } from './express-server.ts';
import { migrationApp, migrationRequests } from './migration-app.ts';

type Middleware = Parameters<typeof migrationApp>[1][number];

export interface Peer {
  readonly naming: PresetId;
  readonly packageName: string;
  /** Its middleware; it records into prom-client's global registry. */
  readonly mount: (library: never) => Middleware;
  /** Whether it has recorded what it does not record at once. */
  readonly isSettled?: () => Promise<boolean>;
}

/** Sends every request to an app that both record, with one idle connection open. */
export async function recordSideBySide(line: ExpressLine, peer: Peer): Promise<Comparison> {
  register.clear();
  const registry = new Registry();
  const { naming } = peer;
  const theirs = peer.mount(loadAnew(peer.packageName) as never);
  const ours = httpMetrics({ registry, naming });
  const info = serviceInfo({ registry, naming, version: ownVersion });
  const server = await startServer(migrationApp(line, [theirs, ours]));
  const idle = connect(server.port, '127.0.0.1');
  try {
    for (const plan of migrationRequests) await server.send(plan);
    await requestsSettle(registry);
    await vi.waitFor(async () => expect(await peer.isSettled?.()).not.toBe(false), { timeout: 5_000 });
    return compareExposed(await exposedBy(register), await exposedBy(registry));
  } finally {
    idle.destroy();
    ours.dispose();
    info.dispose();
    await server.close();
  }
}

const require = createRequire(import.meta.url);
const { version: ownVersion } = require('../../package.json') as { readonly version: string };

/** Some keep the first server, and what they have registered, in their modules. */
function loadAnew(packageName: string): unknown {
  for (const path of Object.keys(require.cache)) {
    if (path.includes(`/node_modules/${packageName}/`)) delete require.cache[path];
  }
  return require(packageName);
}
