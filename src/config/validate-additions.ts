/** Alerts, dashboards and runbook sections of the user's own. Their types have been checked by the compiler. */
import { defaultAlertKnobs } from '../objectives/alert-knobs.ts';
import { runbookIds } from '../runbooks/runbook.ts';
import { each, fields, isRecord, list, rule, text, type Check } from './checks.ts';
import { fieldOf, itemsOf } from './cross-checks.ts';
import { problem } from './problem.ts';
import { nonEmptyText } from './value-checks.ts';

const object = rule('a part of the pack must be an object', isRecord);
const alertName = text('an alert name must be letters and digits, and start with a capital', /^[A-Z][A-Za-z0-9]*$/);
const uid = text('a dashboard uid must be up to 40 letters, digits, hyphens and underscores', /^[\w-]{1,40}$/);

export const validateAddedAlerts: Check = each(
  list('alerts', fields('an added alert', { alert: object, page: object }, ['alert', 'page'])),
  (value, path) => itemsOf(value).flatMap((item, index) => checkNames(item, `${path}[${index}]`)),
  (value, path) => takenNames(value, path),
);

export const validateAddedDashboards: Check = each(list('dashboards', object), (value, path) =>
  itemsOf(value).flatMap((item, index) => uid(item['uid'], `${path}[${index}].uid`)),
);

const section = fields('a section', { title: nonEmptyText, lines: list('lines', nonEmptyText, 1) }, ['title', 'lines']);

export const validateRunbookSections: Check = fields(
  'the runbook sections',
  Object.fromEntries(runbookIds.map((id) => [id, list('sections', section)])),
);

function checkNames(item: Readonly<Record<string, unknown>>, path: string): ReturnType<Check> {
  const name = fieldOf(item['alert'], 'name');
  const page = fieldOf(item['page'], 'alert');
  if (page === name) return alertName(name, `${path}.alert.name`);
  const rule = `the page of an added alert must name that alert, ${JSON.stringify(name)}`;
  return [...alertName(name, `${path}.alert.name`), problem(rule, { path: `${path}.page.alert`, value: page })];
}

function takenNames(value: unknown, path: string): ReturnType<Check> {
  const names = itemsOf(value).map((item) => fieldOf(item['alert'], 'name'));
  return names.flatMap((name, index) => {
    const taken = Object.hasOwn(defaultAlertKnobs, String(name)) || names.indexOf(name) < index;
    const rule = 'an added alert must have a name that no other alert has';
    return taken ? [problem(rule, { path: `${path}[${index}].alert.name`, value: name })] : [];
  });
}
