/** The state of an alert in words: since when, and what comes next. */
import type { AlertRule } from '../../api/alert-rules.ts';
import { durationOf, timeOf, useNow } from '../clock.ts';
import { sinceOf } from './alert-kinds.ts';

export function StateLine({ rule }: { readonly rule: AlertRule }): React.ReactElement {
  const now = useNow();
  return <span style={{ fontVariantNumeric: 'tabular-nums' }}>{stateInWords(rule, now)}</span>;
}

/** @example 'pending since 10:42:03, fires in 12 s' */
function stateInWords(rule: AlertRule, now: number): string {
  const since = sinceOf(rule);
  if (since === undefined) return rule.state === 'inactive' ? inactiveInWords(rule) : rule.state;
  const seconds = (now - since) / 1_000;
  if (rule.state === 'firing') return `firing since ${timeOf(since, now)} (${durationOf(seconds)})`;
  return `pending since ${timeOf(since, now)}, ${comesNext(rule.forSeconds - seconds)}`;
}

const inactiveInWords = ({ forSeconds }: AlertRule): string =>
  forSeconds === 0 ? 'inactive, fires at once' : `inactive, fires after ${durationOf(forSeconds)}`;

/** Rules are evaluated now and then: at nought it has not fired yet. */
export const comesNext = (secondsLeft: number): string =>
  secondsLeft > 1 ? `fires in ${durationOf(secondsLeft)}` : 'fires any moment';
