/** Runs a service as a process: listens, says where, and ends in order when it is told to. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { adminServer } from '../faults/admin-server.ts';
import { turnOnFromText } from '../faults/from-environment.ts';
import { createSwitchboard } from '../faults/switchboard.ts';
import { logError, logInfo } from './log.ts';
import type { Service } from './service.ts';
import type { ServiceSettings } from './settings.ts';

/** Nobody waits longer than this for a request that does not end. */
const lastRequestMillis = 5_000;

/**
 * Prints one line when it is ready: `{"listening":3000}`, or `{"listening":3000,"admin":3900}` with fault switches.
 * On SIGTERM or SIGINT: not ready any more, then no new connections, then the end.
 */
export async function runService(service: Service, settings: ServiceSettings): Promise<void> {
  // A forgotten promise is a bug to be seen and counted, not a reason to leave everybody unanswered.
  process.on('unhandledRejection', (error) => logError('unhandled rejection', error));
  const switchboard = createSwitchboard(service.name, service.faultTarget);
  await service.prepare();
  const server = createServer(service.app);
  const admin = settings.adminPort === undefined ? undefined : adminServer(switchboard);
  const listening = await listen(server, settings.port, settings.host);
  const adminPort = admin === undefined ? undefined : await listen(admin, settings.adminPort ?? 0, '127.0.0.1');
  turnOnFromText(switchboard, settings.faults);
  process.stdout.write(`${JSON.stringify({ listening, admin: adminPort })}\n`);

  const end = async (signal: string): Promise<void> => {
    logInfo('ending', { signal });
    service.drain();
    await sleep(settings.drainMillis);
    switchboard.turnAllOff();
    await Promise.all([close(server), admin === undefined ? undefined : close(admin)]);
    await service.close();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      end(signal).catch((error: unknown) => {
        logError('did not end in order', error);
        process.exit(1);
      });
    });
  }
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  const late = setTimeout(() => server.closeAllConnections(), lastRequestMillis);
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(late);
}
