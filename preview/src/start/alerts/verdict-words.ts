/** The first sentence of the page: is anything wrong? */
import type { AlertRule } from '../../api/alert-rules.ts';
import { isServerGone, isUnreachable } from '../../api/preview-api.ts';
import { isNews, isUrgent, kindOf } from '../../shell/alerts/alert-kinds.ts';
import { timeOf } from '../../shell/clock.ts';
import type { Polled } from '../../shell/poll.ts';

export type Tone = 'asking' | 'unknown' | 'unwatched' | 'calm' | 'firing';

export interface VerdictWords {
  readonly tone: Tone;
  readonly sentence: string;
  readonly details: readonly string[];
}

export function verdictOf({
  data,
  error,
  heardAtMillis = 0,
  sinceMillis = 0,
}: Polled<readonly AlertRule[]>): VerdictWords {
  if (error !== undefined) return unknown(error, sinceMillis, data && heardAtMillis);
  if (data === undefined) return { tone: 'asking', sentence: 'Asking Prometheus for its alerts', details: [] };
  if (data.length === 0)
    return { tone: 'unwatched', sentence: 'Nobody watches: Prometheus has no alerting rules', details: [] };
  return answered(data);
}

function unknown(error: Error, sinceMillis: number, heardAtMillis?: number): VerdictWords {
  const heard = heardAtMillis === undefined ? [] : [`What is shown is from ${timeOf(heardAtMillis)}.`];
  return {
    tone: 'unknown',
    sentence: isUnreachable(error)
      ? `${isServerGone(error) ? 'The preview server' : 'Prometheus'} has not answered since ${timeOf(sinceMillis)}`
      : 'The alerts are not known',
    details: isServerGone(error) ? [error.message, ...heard] : [...heard, error.message],
  };
}

function answered(rules: readonly AlertRule[]): VerdictWords {
  const firing = rules.filter(isUrgent).length;
  const tone = firing > 0 ? 'firing' : 'calm';
  const own = rules.filter(isAside);
  const details = [watching(rules), pending(rules), ...own.map(asideInWords)].filter((words) => words !== undefined);
  return { tone, sentence: firingInWords(firing, own.length > 0), details };
}

function firingInWords(count: number, hasAside: boolean): string {
  if (count === 0) return hasAside ? 'Nothing is firing for the services' : 'Nothing is firing';
  return count === 1 ? '1 alert is firing' : `${count} alerts are firing`;
}

function watching(rules: readonly AlertRule[]): string {
  const failing = rules.filter(({ failure }) => failure !== undefined).length;
  const watch = rules.length === 1 ? '1 rule watches.' : `${rules.length} rules watch.`;
  return failing === 0 ? watch : `${watch} ${failing} of them cannot be evaluated.`;
}

const pending = (rules: readonly AlertRule[]): string | undefined =>
  listed(
    'Pending',
    rules.filter((rule) => rule.state === 'pending' && kindOf(rule) === 'service'),
  );

/** What fires for the monitoring stack, and wakes nobody. */
const isAside = (rule: AlertRule): boolean => isNews(rule) && kindOf(rule) === 'stack' && !isUrgent(rule);

const asideInWords = ({ name, instances: [first] }: AlertRule): string =>
  `Of the stack’s own, ${name} fires: ${first?.annotations['summary'] ?? 'see below'}.`;

const listed = (what: string, rules: readonly AlertRule[]): string | undefined =>
  rules.length === 0 ? undefined : `${what}: ${rules.map(({ name }) => name).join(', ')}.`;
