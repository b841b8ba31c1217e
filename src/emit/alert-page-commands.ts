/** The parts of an alert page that are computed as commands: how to silence it, and how to tune it. */
import type { AlertName } from '../objectives/alert-knobs.ts';
import { renderScript } from '../runbooks/shell.ts';
import { amtool } from '../runbooks/terminal/stack-commands.ts';
import type { JoinedAlert, Pack } from '../stack/pack.ts';
import { codeFence } from './markdown.ts';

const matcherOf = {
  service: 'service="$SERVICE"',
  environment: 'environment="$ENVIRONMENT"',
  instance: 'instance="${INSTANCE:?set it first: label instance of the alert}"',
  slo: 'slo="${SLO:?set it first: label slo of the alert}"',
} as const;

/** Silences the alert for two hours, lists the silence, and says how to end it early. */
export function silenceCommands({ alert, page }: JoinedAlert, pack: Pack): string {
  const matchers = page.silenceBy.map((label) => renameLabel(matcherOf[label], label, pack));
  const words = [`alertname=${alert.name}`, ...matchers].join(' ');
  const text = (command: string): string => renderScript(amtool({ parts: [command] }), pack.rules);
  const add = [
    'silence add --duration=2h --author="$USER"',
    '--comment="${REASON:?set it first: why, with a ticket}"',
    words,
  ];
  return [
    text(add.join(' \\\n  ')),
    '# what is silenced, and until when',
    text(`silence query alertname=${alert.name}`),
    '# end it early: the id is in the first column',
    text('silence expire "${SILENCE_ID:?set it first: the id from the list}"'),
  ].join('\n');
}

/** The constants of the rule as the config has them, and what to know before changing one. */
export function tuningText(
  { alert, page, kind }: JoinedAlert,
  { model }: Pack,
  list: (items: readonly string[]) => string,
): string {
  const advice = list(page.tuning.advice);
  const knobs: Readonly<Record<string, unknown>> | undefined = page.tuning.knobs
    ? model.knobs[alert.name as AlertName]
    : undefined;
  if (knobs === undefined || kind === 'meta') return advice;
  const values = Object.entries(knobs).map(([knob, value]) => `${knob}: ${literal(value)}`);
  const code = `alerts: { ${alert.name}: { ${values.join(', ')} } },`;
  const intro =
    'In `telltale.config.ts`; these are the values that are in force. `enabled: false` turns the alert off.';
  return [intro, codeFence('ts', code), advice].join('\n\n');
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

/** Identity labels may be called otherwise in the user's Prometheus. */
function renameLabel(matcher: string, label: string, { rules }: Pack): string {
  const name = label === 'service' || label === 'environment' ? rules.identity[label] : label;
  return matcher.replace(label, name);
}
