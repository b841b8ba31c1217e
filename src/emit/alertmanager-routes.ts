/** Who is told: the tree of routes, and the hours of receivers that have some. */
import { deadMansSwitch, peopleOf } from '../alerts/dead-mans-switch.ts';
import type { Model, Receiver } from '../model/model.ts';
import type { Identity } from '../promql/render-context.ts';
import type { YamlValue } from './yaml.ts';

/** Receives everything where nobody is configured: no integration, so nothing is sent, and Alertmanager's page shows it. */
export const nobody = 'nobody';

/** How often the dead man's switch hears that all is well. */
const watchdogRepeat = '5m';

const severities = ['critical', 'warning'] as const;

/** Who is told of what no other route takes. */
export function rootReceiver(model: Model): string {
  const people = peopleOf(model);
  const general = people.filter(({ team, environment }) => team === undefined && environment === undefined);
  return (general.find(({ severities }) => severities.includes('warning')) ?? general[0] ?? people[0])?.name ?? nobody;
}

/**
 * The tree: the Watchdog to the dead man's switch, then by severity, each with its own pace of repeating. Groups are one
 * alert of one service, so that a fault in two services is two notifications and one in ten instances is one.
 */
export function routeTree(model: Model): YamlValue {
  const { timing, identity } = model;
  return {
    receiver: rootReceiver(model),
    group_by: ['alertname', identity.environment, identity.service],
    group_wait: timing.groupWait,
    group_interval: timing.groupInterval,
    repeat_interval: timing.repeatWarning,
    routes: [
      {
        receiver: deadMansSwitch,
        matchers: [matcher('alertname', '=', 'Watchdog')],
        group_wait: '0s',
        group_interval: '1m',
        repeat_interval: watchdogRepeat,
      },
      ...severities.map((severity) => severityRoute(model, severity)),
    ],
  };
}

/** `label="value"`, quoted, so that the classic and the UTF-8 parser read it alike. */
export function matcher(label: string, operator: '=' | '=~', value: string): string {
  return `${label}${operator}${JSON.stringify(value)}`;
}

/** Times at which receivers with hours of their own are told. */
export function timeIntervals(model: Model): readonly YamlValue[] {
  return peopleOf(model)
    .filter(hasHours)
    .map(({ name, settings }) => ({
      name: hoursOf(name),
      time_intervals: [
        {
          times: settings['hours'] === undefined ? undefined : [times(settings['hours'])],
          weekdays: settings['days'] === undefined ? undefined : [settings['days']],
          location: settings['timeZone'],
        },
      ],
    }));
}

function severityRoute(model: Model, severity: (typeof severities)[number]): YamlValue {
  const { timing } = model;
  const receivers = peopleOf(model).filter((receiver) => receiver.severities.includes(severity));
  return {
    receiver: rootReceiver(model),
    matchers: [matcher('severity', '=', severity)],
    repeat_interval: severity === 'critical' ? timing.repeatCritical : timing.repeatWarning,
    routes: nonEmpty(receivers.map((receiver) => receiverRoute(model, receiver))),
  };
}

/** Each receiver whose team and environment match is told, whoever else is; the root's receiver is told when none matches. */
function receiverRoute(model: Model, receiver: Receiver): YamlValue {
  return {
    receiver: receiver.name,
    matchers: nonEmpty(matchersOf(receiver, model.identity)),
    continue: true,
    active_time_intervals: hasHours(receiver) ? [hoursOf(receiver.name)] : undefined,
  };
}

function matchersOf({ team, environment }: Receiver, identity: Identity): readonly string[] {
  return [
    ...(team === undefined ? [] : [matcher('team', '=', team)]),
    ...(environment === undefined ? [] : [matcher(identity.environment, '=', environment)]),
  ];
}

function hasHours({ settings }: Receiver): boolean {
  return ['hours', 'days'].some((name) => settings[name] !== undefined);
}

function hoursOf(receiver: string): string {
  return `${receiver}-hours`;
}

/** `09:00-17:00` */
function times(hours: string): YamlValue {
  const [start_time, end_time] = hours.split('-');
  return { start_time, end_time };
}

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
