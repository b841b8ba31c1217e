/** The port of one of several processes that run the same code on one host. */
import { TelltaleError } from '../../errors.ts';
import type { OptionRule } from '../metrics/option-checks.ts';

/** `true` for PM2's variable, or the name of another. */
export type PerInstance = boolean | string;

export const maxPort = 65_535;
export const perInstanceRule: OptionRule = {
  expects: 'true, false or the name of an environment variable',
  accepts: (value) => typeof value === 'boolean' || (typeof value === 'string' && value !== ''),
};

/** Set by PM2 in cluster and fork mode: the lowest number that no other process of the same name has. */
const pm2Variable = 'NODE_APP_INSTANCE';

/**
 * The base and the number of this instance; the base alone where the variable is not set.
 * @throws TELLTALE_OPTION when that is no port
 */
export function instancePort(base: number, perInstance: PerInstance): number {
  if (perInstance === false) return base;
  const variable = perInstance === true ? pm2Variable : perInstance;
  if (base === 0) throw cannotStart('port 0 takes a free one, which "perInstance" cannot count from', 'choose a port');
  const instance = process.env[variable];
  if (instance === undefined) return base;
  if (!/^\d+$/.test(instance)) {
    throw cannotStart(
      `${variable} must be a whole number for "perInstance", got "${instance}"`,
      'name the variable that counts your instances, such as `instance_var` of PM2, in the option `perInstance`',
    );
  }
  const port = base + Number(instance);
  if (port <= maxPort) return port;
  throw cannotStart(`port ${base} and ${variable}=${instance} make ${port}, above ${maxPort}`, 'choose a lower port');
}

function cannotStart(reason: string, fix: string): TelltaleError {
  return new TelltaleError('TELLTALE_OPTION', `Cannot start metricsServer(): ${reason}`, { fix });
}
