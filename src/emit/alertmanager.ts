/** Alertmanager's configuration: who is told of what, and what stays quiet because of something worse. */
import { deadMansSwitch, peopleOf } from '../alerts/dead-mans-switch.ts';
import type { AlertMatchers, Inhibition } from '../alerts/inhibition.ts';
import type { Model } from '../model/model.ts';
import { escapeRegex } from '../promql/escape.ts';
import { renderLabel } from '../promql/render-context.ts';
import type { Pack } from '../stack/pack.ts';
import { receiverConfig, receiverRemarks } from './alertmanager-receivers.ts';
import { matcher, nobody, routeTree, timeIntervals } from './alertmanager-routes.ts';
import { alertmanagerTemplates } from './alertmanager-templates.ts';
import type { FileSet } from './file-set.ts';
import { toYaml, type YamlValue } from './yaml.ts';

export const alertmanagerPath = 'monitoring/alertmanager.yml';
export const alertmanagerTemplatesPath = 'monitoring/templates/telltale.tmpl';

/** Alertmanager's configuration and the templates that it names. */
export function alertmanagerFiles({ model, inhibitions }: Pick<Pack, 'model' | 'inhibitions'>): FileSet {
  return new Map([
    [alertmanagerPath, alertmanagerConfig(model, inhibitions)],
    [alertmanagerTemplatesPath, alertmanagerTemplates()],
  ]);
}

/** The text of `alertmanager.yml`. Paths in it count from its own folder. */
export function alertmanagerConfig(model: Model, inhibitions: readonly Inhibition[]): string {
  const intervals = timeIntervals(model);
  const config = {
    templates: ['templates/*.tmpl'],
    route: routeTree(model),
    inhibit_rules: inhibitions.map((inhibition) => inhibitRule(inhibition, model)),
    receivers: receivers(model),
    time_intervals: intervals.length === 0 ? undefined : intervals,
  };
  const [notice, ...rest] = toYaml(config, 'src/emit/alertmanager*.ts and telltale.config.ts').split('\n');
  const remarks = receiverRemarks(model.receivers).map((remark) => `# ${remark}`);
  return [notice, ...remarks, ...rest].join('\n');
}

function receivers(model: Model): readonly YamlValue[] {
  const declared = model.receivers.map(receiverConfig);
  const silent = peopleOf(model).length === 0 ? [{ name: nobody }] : [];
  const deadMan = model.receivers.some(({ name }) => name === deadMansSwitch) ? [] : [{ name: deadMansSwitch }];
  return [...silent, ...declared, ...deadMan];
}

function inhibitRule({ source, target, equal }: Inhibition, model: Model): YamlValue {
  return {
    source_matchers: matchersOf(source, model),
    target_matchers: matchersOf(target, model),
    equal: equal.map((label) => renamed(label, model)),
  };
}

function matchersOf(matchers: AlertMatchers, model: Model): readonly string[] {
  return Object.entries(matchers).map(([label, value]) => matcherOf(renamed(label, model), value));
}

/** Alertmanager anchors its regular expressions at both ends. */
function matcherOf(label: string, value: string | readonly string[]): string {
  const values = typeof value === 'string' ? [value] : value;
  const [only, second] = values;
  if (only !== undefined && second === undefined) return matcher(label, '=', only);
  return matcher(label, '=~', values.map(escapeRegex).join('|'));
}

function renamed(label: string, model: Model): string {
  return renderLabel(label, [], { naming: model.naming, identity: model.identity, scope: 'rule' });
}
