/** Runs a service as a process: listens, says where, and ends in order when it is told to. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gracefulShutdown } from 'telltale';
import { adminServer } from '../faults/admin-server.ts';
import { turnOnFromText } from '../faults/from-environment.ts';
import { createSwitchboard } from '../faults/switchboard.ts';
import { logError, logInfo } from './log.ts';
import type { Service } from './service.ts';
import type { ServiceSettings } from './settings.ts';

/** Nobody waits longer than this for a request that does not end. */
const drainTimeoutMillis = 5_000;

/**
 * Prints one line when it is ready: `{"listening":3000}`, or `{"listening":3000,"admin":3900}` with fault switches.
 * On SIGTERM or SIGINT: not ready any more, then no new connections, then the end, by that signal.
 */
export async function runService(service: Service, settings: ServiceSettings): Promise<void> {
  // A forgotten promise is a bug to be seen and counted, not a reason to leave everybody unanswered.
  process.on('unhandledRejection', (error) => logError('unhandled rejection', error));
  const switchboard = createSwitchboard(service.name, service.faultTarget);
  await service.prepare();
  const server = createServer(service.app);
  const admin = settings.adminPort === undefined ? undefined : adminServer(switchboard);
  gracefulShutdown({
    health: {
      draining: () => {
        service.drain();
        switchboard.turnAllOff();
      },
    },
    servers: admin === undefined ? [server] : [server, admin],
    steps: service.lastSteps,
    delayMillis: settings.drainMillis,
    drainTimeoutMillis,
    log: logInfo,
  });
  const listening = await listen(server, settings.port, settings.host);
  const adminPort = admin === undefined ? undefined : await listen(admin, settings.adminPort ?? 0, '127.0.0.1');
  turnOnFromText(switchboard, settings.faults);
  process.stdout.write(`${JSON.stringify({ listening, admin: adminPort })}\n`);
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}
