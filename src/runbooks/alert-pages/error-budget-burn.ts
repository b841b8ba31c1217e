/** What the fast and the slow burn alert share: the windows, the queries, the way to the cause. */
import type { BurnWindow } from '../../objectives/burn-windows.ts';
import { humanDuration, percent } from '../../objectives/in-words.ts';
import { budgetDays } from '../../objectives/slos.ts';
import type { Model } from '../../model/model.ts';
import { escapeMarkdown } from '../escape-markdown.ts';
import { badRequests, budgetLeft, burnRate } from '../queries/objectives.ts';
import { errorsByRoute, latencyQuantileByRoute } from '../queries/requests.ts';
import type { Cause, Markdown, QueryStep } from '../runbook.ts';

/** The windows of one speed, each as a sentence. */
export function burnWindowSentences(model: Model, speed: BurnWindow['speed']): readonly Markdown[] {
  return model.burnWindows
    .filter((window) => window.speed === speed)
    .map(
      ({ factor, long, short }) =>
        `${factor} times the sustainable rate over ${humanDuration(long)}: the whole budget of ${budgetDays} days would be gone in ${humanDuration(`${Number((budgetDays / factor).toPrecision(2))}d`)}. The same rate over ${humanDuration(short)} must hold too, so that the alert ends soon after the burning does.`,
    );
}

/** Each SLO with the share of requests that may be bad. */
export function sloSentence(model: Model): Markdown {
  const slos = new Map(model.services.flatMap(({ slos: own }) => own.map((slo) => [slo.name, slo.objectiveRatio])));
  const parts = [...slos].map(
    ([name, ratio]) => `${escapeMarkdown(name)} (${percent(1 - ratio)} of requests may be bad)`,
  );
  return `The SLOs and their budgets: ${parts.join(', ')}. A budget is counted over ${budgetDays} days.`;
}

export const seeWhichSloBurns: QueryStep = {
  language: 'promql',
  title: 'See which SLO burns, and how fast',
  run: burnRate('1h'),
  expected:
    'A number per SLO; 1 is sustainable. The label `slo` of the one above says what is wrong: `availability` is failures, `latency` is slowness.',
  ifNot: 'All below 1: the burning has stopped. Go to [[section:Confirm that it is over]].',
  minutes: 0.5,
};

export const seeWhetherItGoesOn: QueryStep = {
  language: 'promql',
  title: 'See whether it goes on right now',
  run: burnRate('5m'),
  expected: 'As high as over the hour: it goes on.',
  ifNot:
    'Far lower: it came in a burst and is over. Find the burst on the panel, then go to [[step:Find the routes that fail]].',
  minutes: 0.5,
};

export const seeHowMuchIsLeft: QueryStep = {
  language: 'promql',
  title: 'See how much budget is left',
  run: budgetLeft,
  expected: 'A share per SLO; 0.8 is 80 %.',
  ifNot:
    'Below 0: the promise is broken already. Stop feature releases, and say so to whoever the promise was made to.',
  minutes: 0.5,
};

export const findFailingRoutes: QueryStep = {
  language: 'promql',
  title: 'Find the routes that fail',
  run: errorsByRoute,
  note: 'If the SLO that burns is about failures.',
  expected: 'One or two routes have most of the failures. Their owner and their dependencies are where to look.',
  ifNot: 'No failures: the SLO that burns is about latency. Go to [[step:Find the routes that are slow]].',
  minutes: 0.5,
};

export const findSlowRoutes: QueryStep = {
  language: 'promql',
  title: 'Find the routes that are slow',
  run: latencyQuantileByRoute(0.99),
  note: 'If the SLO that burns is about latency.',
  expected: 'Seconds by route; the slow ones are those that break the objective.',
  ifNot: 'None is slow now: the burst is over. Use the panel and its exemplars to find what it was.',
  minutes: 0.5,
};

export const countBadRequests: QueryStep = {
  language: 'promql',
  title: 'Count the bad requests',
  run: badRequests,
  expected: 'Bad requests a second, per SLO: multiplied by 3600 that is how many people an hour meet it.',
  ifNot: '0 everywhere: it is over.',
  minutes: 0.5,
};

export const burnCauses: readonly Cause[] = [
  { symptom: 'One route, since a release', cause: 'The release', check: '[[runbook:rollback]]' },
  {
    symptom: 'A few failures all the time, on all routes',
    cause: 'One bad instance, or one that is killed now and then',
    check: '[[alert:ServiceRestarting]]',
  },
  {
    symptom: 'Bursts at the same minute of each hour',
    cause: 'A scheduled job, a deployment, a token that expires',
    check: '`service_logs 1h`',
  },
  {
    symptom: 'The latency SLO only',
    cause: 'Slow queries, a slow dependency, or a blocked event loop',
    check: '[[alert:HighResponseTime]]',
  },
  {
    symptom: 'Failures with the name of one dependency',
    cause: 'That dependency',
    check: '[[dashboard:telltale-api]], row of outgoing calls',
  },
  {
    symptom: 'Burns at night only',
    cause: 'Few requests, so that each failure weighs much',
    check: '[[step:Count the bad requests]]',
  },
];
