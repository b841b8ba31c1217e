/** The error of a name that the registry knows already. */
import { TelltaleError } from '../../errors.ts';

export function metricTaken(name: string): TelltaleError {
  return new TelltaleError(
    'TELLTALE_METRIC_TAKEN',
    `Cannot register metric "${name}" as the registry already has another metric of that name`,
    { fix: 'pass a registry of its own, remove the other metric, or rename this one with the option `naming`' },
  );
}
