/**
 * Visitors of the classroom: they touch every route, and make the mistakes that visitors make.
 *
 * As a program: `node build/examples/traffic.js --api URL --payments URL [--rate 20] [--pattern daily] [--seconds 60]`.
 */
import { pathToFileURL } from 'node:url';
import { runTraffic } from './traffic/command.ts';

export { startTraffic, type Traffic, type TrafficOptions, type TrafficStats } from './traffic/start-traffic.ts';

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runTraffic(process.argv.slice(2));
}
