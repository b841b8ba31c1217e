/** Receivers: a secret is a file's name here, never a value. */
import type { Receiver } from '../model/model.ts';
import { all, each, fields, isRecord, list, oneOf, record, type Check } from './checks.ts';
import type { ReceiverConfig } from './config.ts';
import { itemsOf, unique } from './cross-checks.ts';
import { keyPath, problem } from './problem.ts';
import { labelValue, nonEmptyText } from './value-checks.ts';

type Kind = Receiver['kind'];

/** Settings that a receiver cannot do without. */
const requiredSettings: Readonly<Record<Kind, readonly string[]>> = {
  slack: [],
  pagerduty: [],
  email: ['to', 'from', 'smarthost'],
  webhook: [],
  msteams: [],
  discord: [],
  opsgenie: [],
};

/** Words that name a secret, and shapes that secrets of these services have. */
const secretName = /(?:password|passwd|secret|token|api_?key|routing_?key|service_?key|webhook|credential)/i;
const secretShape =
  /^(?:xox[abprs]-|[A-Za-z0-9+/_=-]{32,}$)|hooks\.slack\.com|webhook\.office\.com|discord(?:app)?\.com\/api/i;

const secretFix = 'write it into a file in monitoring/secrets/ and name that file in secretFile';

const noSecret: Check = (value, path) => {
  const key = path.split('.').at(-1) ?? '';
  const suspect = typeof value === 'string' && (secretName.test(key) || secretShape.test(value));
  const details = { path, value, shown: hidden(value), fix: secretFix };
  return suspect ? [problem('a setting must not be a secret', details)] : [];
};

const secretFile: Check = (value, path) => {
  const named = typeof value === 'string' && /^[A-Za-z0-9][\w.-]*$/.test(value) && !secretShape.test(value);
  const rule = 'a secret must be the name of a file in monitoring/secrets/, not the secret itself';
  return named ? [] : [problem(rule, { path, value, shown: hidden(value), fix: secretFix })];
};

const receiver = {
  name: labelValue('the name of a receiver'),
  kind: oneOf('the kind of a receiver', Object.keys(requiredSettings)),
  severities: list('severities', oneOf('a severity', ['critical', 'warning']), 1),
  team: labelValue('a team'),
  environment: labelValue('an environment'),
  secretFile,
  settings: record('settings', () => [], all(nonEmptyText, noSecret)),
} satisfies Record<keyof ReceiverConfig, Check>;

const settingsComplete: Check = (value, path) =>
  itemsOf(value).flatMap(({ kind, settings }, index) => {
    const required = typeof kind === 'string' && kind in requiredSettings ? requiredSettings[kind as Kind] : [];
    const given = isRecord(settings) ? settings : {};
    const missing = required.filter((key) => given[key] === undefined);
    const at = keyPath(`${path}[${index}]`, 'settings');
    return missing.map((key) =>
      problem(`the settings of ${String(kind)} must have "${key}"`, { path: at, value: settings }),
    );
  });

export const validateReceivers: Check = each(
  list('receivers', fields('a receiver', receiver, ['name', 'kind', 'severities', 'secretFile'])),
  unique('a receiver', 'name'),
  settingsComplete,
);

/** Enough to recognise it. */
function hidden(value: unknown): string {
  return typeof value === 'string' && value.length > 8 ? `"${value.slice(0, 4)}..." (not shown)` : 'not shown';
}
