import { describe, expect, it } from 'vitest';
import { alertFacts } from './alert-facts.ts';
import { allStories } from './all-stories.ts';
import { storyAlerts, storyModel } from './story-rules.ts';
import type { Proof } from './story.ts';

const alerts = storyAlerts(storyModel('1m'));
const always = new Set(alerts.filter(({ alwaysFires }) => alwaysFires !== undefined).map(({ name }) => name));

const proofsOf = (alert: string, branch?: string): ReadonlySet<Proof> =>
  new Set(
    allStories
      .filter((story) => story.alert === alert && (branch === undefined || story.branch === branch))
      .flatMap(({ proves }) => proves),
  );

const branches = alerts.flatMap((alert) => alert.branches.map(({ id }) => [alert.name, id] as const));

describe('rule stories', () => {
  it('count 25 alerts of 45 branches', () => {
    expect([alerts.length, branches.length]).toEqual([25, 45]);
  });

  it.each(branches)('show %s (%s) just above and just below its threshold', (alert, branch) => {
    const wanted: readonly Proof[] = always.has(alert) ? ['above'] : ['above', 'below'];
    expect([...proofsOf(alert, branch)]).toEqual(expect.arrayContaining([...wanted]));
  });

  it.each(alerts.filter(({ name }) => !always.has(name)).map(({ name }) => name))(
    'show %s without series, ending, and with its exact texts',
    (alert) => {
      expect([...proofsOf(alert)]).toEqual(expect.arrayContaining(['no-series', 'recovery', 'exact']));
    },
  );

  it.each(alerts.filter((alert) => alert.for !== undefined).map(({ name }) => name))(
    'show %s before its for',
    (alert) => {
      expect(proofsOf(alert)).toContain('before-for');
    },
  );

  it('prove what they say: a fire above and before its for, silence below, texts when exact', () => {
    const untrue = allStories.filter(({ proves, steps }) => {
      const fires = steps.some(({ firing = [] }) => firing.length > 0);
      const waits = steps.some(({ pending = [] }) => pending.length > 0);
      const silent = steps.some(({ pending }) => pending !== undefined);
      return (
        (proves.includes('above') && !fires) ||
        (proves.includes('before-for') && !waits) ||
        (proves.includes('below') && !silent && !fires) ||
        (proves.includes('exact') && !steps.some(({ texts }) => texts !== undefined))
      );
    });
    expect(untrue.map(({ alert, title }) => `${alert}: ${title}`)).toEqual([]);
  });

  it('are about alerts and branches that exist', () => {
    const known = new Set(branches.map(([alert, branch]) => `${alert} ${branch}`));
    const unknown = allStories.filter(({ alert, branch }) => branch !== 'any' && !known.has(`${alert} ${branch}`));
    expect(unknown.map(({ alert, branch }) => `${alert} ${branch}`)).toEqual([]);
  });

  it('have titles of their own', () => {
    const titles = allStories.map(({ alert, branch, title }) => `${alert} ${branch} ${title}`);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it('state the facts of every alert', () => {
    expect(Object.keys(alertFacts).toSorted()).toEqual(alerts.map(({ name }) => name).toSorted());
  });
});
