import type { Model } from '../../model/model.ts';
import { readErrorLog, seeAlertGone, seeRecentStarts, seeWhatElseFires } from '../common-steps.ts';
import { burnRate } from '../queries/objectives.ts';
import { errorsByType } from '../queries/requests.ts';
import type { AlertPage, QueryStep } from '../runbook.ts';
import {
  burnCauses,
  burnWindowSentences,
  countBadRequests,
  findFailingRoutes,
  findSlowRoutes,
  seeHowMuchIsLeft,
  seeWhetherItGoesOn,
  seeWhichSloBurns,
  sloSentence,
} from './error-budget-burn.ts';

export function errorBudgetBurnSlow(model: Model): AlertPage {
  const { minBadRequests } = model.knobs.ErrorBudgetBurnSlow;
  return {
    alert: 'ErrorBudgetBurnSlow',
    meaning:
      'An SLO of the service loses its error budget a little too fast, for hours or days: nobody has to wake up, but somebody has to look today.',
    why: [
      ...burnWindowSentences(model, 'slow'),
      sloSentence(model),
      `At least ${minBadRequests} bad requests in the long window.`,
      'It is a warning on purpose: a slow leak does not get better by being repaired at three in the morning.',
    ],
    impact: 'A small share of requests fails or is slow, all the time. Most users do not notice; some notice often.',
    judge: [
      'Look at what is left: under a third of the budget with half of the month to go means that releases have to slow down.',
      'SEV4 as a rule. SEV3 if the same few users are hit every time (one customer, one browser, one region).',
    ],
    firstFiveMinutes: [
      seeHowMuchIsLeft,
      { ...seeWhichSloBurns, run: burnRate('6h') },
      seeWhetherItGoesOn,
      seeWhatElseFires,
      findFailingRoutes,
      findSlowRoutes,
      seeRecentStarts,
    ],
    isItReal: [countBadRequests, errorTypes, readErrorLog],
    causes: [
      ...burnCauses,
      {
        symptom: 'Since a release days ago',
        cause: 'A bug on a rare path',
        check: '[[dashboard:telltale-errors]] over seven days',
      },
    ],
    mitigation: [
      {
        language: 'none',
        title: 'Open a ticket with the route, the error and a line of the log',
        note: 'Found in the steps above. Give it to the team of the service, with the share of the budget that is left.',
        expected: 'Somebody owns it, with a date before the budget ends.',
        ifNot: 'Nobody takes it: bring it to the next planning, with the number.',
        minutes: 10,
      },
      {
        language: 'none',
        title: 'Slow releases of the service down',
        note: 'If less budget is left than time: only releases that mend something.',
        expected: 'The team agrees, until the burn rate over a day is below 1.',
        ifNot: 'It does not: that is a decision about the objective. Take it to whoever set it.',
        minutes: 10,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See the slow burn end',
        run: burnRate('1d'),
        expected: 'Below 1 for every SLO, a day after the fix is out.',
        ifNot: 'Still above: the fix helped a part of it. Look at what is left in [[step:Find the routes that fail]].',
        minutes: 1440,
      },
      seeAlertGone('ErrorBudgetBurnSlow'),
    ],
    escalate: [
      'It has been firing for three days, or for the third time this month: to the owner of the service, as a question about priorities.',
      'It turns into [[alert:ErrorBudgetBurnFast]]: that one pages; follow its page.',
    ],
    falsePositives: [
      'An incident a day ago that is mended: the long window still sees it. It ends by itself with the short window.',
      'Too tight an objective for what the service is for.',
    ],
    silenceBy: ['service', 'environment', 'slo'],
    tuning: {
      knobs: true,
      advice: [
        '`minBadRequests` is the floor of bad requests in the long window.',
        'If it fires every week and nobody acts, change the objective: an alert that is ignored teaches people to ignore alerts.',
      ],
    },
    afterwards: ['Note in the ticket what share of the budget the leak took in total.'],
    runbooks: ['troubleshooting', 'deployment'],
  };
}

const errorTypes: QueryStep = {
  language: 'promql',
  title: 'See which errors they are',
  run: errorsByType,
  expected:
    'The error class or code that is most frequent is the one to mend first. `handled="false"` is one that nobody caught.',
  ifNot: 'Empty: the application does not use `errorMetrics()`. Take the errors from the log.',
  minutes: 0.5,
};
