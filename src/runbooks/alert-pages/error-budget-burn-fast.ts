import type { Model } from '../../model/model.ts';
import { percent } from '../../objectives/in-words.ts';
import { budgetDays } from '../../objectives/slos.ts';
import { openFailingTraces, readErrorLog, seeAlertGone, seeRecentStarts, seeWhatElseFires } from '../common-steps.ts';
import { burnRate } from '../queries/objectives.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';
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

export function errorBudgetBurnFast(model: Model): AlertPage {
  const { minBadRequests } = model.knobs.ErrorBudgetBurnFast;
  return {
    alert: 'ErrorBudgetBurnFast',
    meaning:
      'An SLO of the service loses its error budget so fast that it will be gone within days: users are being failed now.',
    why: [
      ...burnWindowSentences(model, 'fast'),
      sloSentence(model),
      `At least ${minBadRequests} bad requests in the long window, so that a single failure at night does not page.`,
      'Windows and factors are those of the Google SRE workbook, chapter "Alerting on SLOs".',
    ],
    impact: 'More requests fail, or are slow, than was promised. Which of the two, the label `slo` says.',
    judge: [
      'Judge by how many people meet it: [[step:Count the bad requests]], and by which route.',
      'SEV2 as a rule: it pages because the budget would not last. SEV1 if a core path is among the failing routes.',
      'If [[alert:HighErrorRate]] fires too, use its page: it mutes this alert for the availability SLO.',
    ],
    firstFiveMinutes: [
      seeWhichSloBurns,
      seeWhetherItGoesOn,
      seeWhatElseFires,
      findFailingRoutes,
      findSlowRoutes,
      seeRecentStarts,
      seeHowMuchIsLeft,
    ],
    isItReal: [countBadRequests, readErrorLog, openFailingTraces],
    causes: burnCauses,
    mitigation: [
      {
        language: 'none',
        title: 'Stop every deployment of the service',
        note: 'Say so in the channel: the next release would hide the cause, and use up what is left.',
        expected: 'Nobody deploys until you say so.',
        ifNot: 'A deployment runs: let its owner abort it by [[runbook:deployment#Abort criteria]].',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Roll the release back',
        note: 'If the burning began with a release: [[runbook:rollback]].',
        run: sh`service_deploy "\${OLD_VERSION:?set it first: the version that ran before}"`,
        expected: 'The old version runs; the burn rate over five minutes falls below 1 within ten.',
        ifNot: 'It stays: it was not the release. Go on.',
        minutes: 5,
      },
      {
        language: 'none',
        title: 'Switch the failing route or feature off',
        note: 'A plain "not available" with a 4xx does not burn the availability budget, and does not make people wait.',
        expected: 'The burn rate over five minutes falls below 1 within ten minutes.',
        ifNot: 'There is no flag: follow the page of the cause, in the table above.',
        minutes: 5,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See the burning stop',
        run: burnRate('5m'),
        expected:
          'Below 1 for every SLO. The alert ends with the short window; the long one takes its time and does not keep it alive.',
        ifNot: 'Above 1 but falling: wait for one more window. Not falling: the mitigation did not reach the cause.',
        minutes: 10,
      },
      seeAlertGone('ErrorBudgetBurnFast'),
    ],
    escalate: [
      costSentence(model),
      'The budget is spent (below 0): call the owner of the service; releases stop by policy, not by your word.',
    ],
    falsePositives: [
      'A load test against production, or a client that provokes failures on purpose: silence it for that SLO.',
      'A new SLO on a route that never met it: the objective is wrong, not the service. Correct it in the config.',
    ],
    silenceBy: ['service', 'environment', 'slo'],
    tuning: {
      knobs: true,
      advice: [
        '`minBadRequests` is the floor of bad requests in the long window. Raise it for a service with little traffic at night.',
        'The objective itself is the better knob: `objectives: { slos: [...] }`, or `slos` of the service. An objective nobody needs pages for nothing.',
        'Windows and factors are not in the config: they belong together, and hold for any objective.',
      ],
    },
    afterwards: [
      'Write into the incident how much of the budget it cost, and which route.',
      'More than a fifth of the budget in one incident: a post-mortem, [[runbook:incident-response#Post-mortem]].',
    ],
    runbooks: ['incident-response', 'rollback', 'deployment', 'troubleshooting'],
  };
}

function costSentence(model: Model): string {
  const fastest = Math.max(...model.burnWindows.map(({ factor }) => factor));
  return `After 30 minutes without a mitigation: what burns ${fastest} times too fast costs ${percent(fastest / (budgetDays * 24))} of the budget every hour.`;
}
