/** Which values of a variable are chosen: those of the address, else those the dashboard was saved with, else the first. */
import { allValues } from './interpolate.ts';

export interface Choice {
  /** Of `var-<name>`, once per value; none when the address says nothing of the variable. */
  readonly asked: readonly string[];
  /** `current.value` of the dashboard's JSON. */
  readonly saved: readonly string[];
  readonly options: readonly string[];
  readonly multi: boolean;
  readonly includeAll: boolean;
}

export function chosenValues({ asked, saved, options, multi, includeAll }: Choice): string[] {
  // What the address says is kept even when it is gone: a link to it must not show something else.
  const wanted =
    asked.length > 0 ? asked.map(allByName) : saved.filter((value) => value === allValues || options.includes(value));
  if (includeAll && wanted.includes(allValues)) return [allValues];
  const values = [...new Set(wanted.filter((value) => value !== allValues))];
  if (values.length > 0) return multi ? values : values.slice(0, 1);
  return includeAll ? [allValues] : options.slice(0, 1);
}

/** Addresses written by hand say All. */
const allByName = (value: string): string => (value === 'All' ? allValues : value);
