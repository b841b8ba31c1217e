/** Stands in for `semver`, 58 kB with which Grafana's libraries order their own plain `x.y.z` versions at the start. */
const plain = /^\d+\.\d+\.\d+$/;

export const valid = (version: string): string | null => (plain.test(version) ? version : null);

export const compare = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true });

export const gte = (one: string, other: string): boolean => compare(one, other) >= 0;
