import type { Model } from '../../model/model.ts';
import {
  askHealthAndReady,
  openFailingTraces,
  readErrorLog,
  seeAlertGone,
  seeRecentStarts,
  seeWhatElseFires,
} from '../common-steps.ts';
import { humanDuration, percent } from '../../objectives/in-words.ts';
import { budgetLeft } from '../queries/objectives.ts';
import { dependencyErrorRatio, errorRatio, errorRatioByInstance, errorsByRoute } from '../queries/requests.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';

export function highErrorRate(model: Model): AlertPage {
  const { threshold, minRequestRate, for: holds } = model.knobs.HighErrorRate;
  return {
    alert: 'HighErrorRate',
    meaning: `More than ${percent(threshold)} of the requests to the service are answered with a 5xx.`,
    why: [
      `${percent(threshold)} is far above what any service answers with on an ordinary day, and far above every error budget: it means that something is broken, not that something is slow. It must hold for ${humanDuration(holds)}, so that one restart does not page.`,
      `Below ${minRequestRate} requests a second the ratio says nothing (one failure of three requests is 33 %), so the rule stays silent there; [[alert:ErrorBudgetBurnFast]] counts failures instead.`,
      "Only 5xx count: a 4xx is the caller's mistake. Probes and `/metrics` are not recorded at all.",
    ],
    impact: 'Users see error pages or failed actions, right now. What they tried to save may not have been saved.',
    judge: [
      'SEV1 if a core path fails (login, payment, the page everybody opens), or if half of all requests fail.',
      'SEV2 if one feature or one group of users is hit.',
      'SEV3 if the failing route has a working retry, or only internal callers.',
      'Unsure: take the higher one. [[runbook:incident-response#Classification]]',
    ],
    firstFiveMinutes: [
      {
        language: 'promql',
        title: 'See how bad it is',
        run: errorRatio,
        expected: `A number over ${threshold} (${percent(threshold)}) for your service.`,
        ifNot:
          'Your service is not listed: no requests arrive at all, go to [[alert:ServiceDown]]. It is far below: it is over, go to [[section:Confirm that it is over]].',
        minutes: 0.5,
      },
      seeWhatElseFires,
      {
        language: 'promql',
        title: 'Find the failing route',
        run: errorsByRoute,
        expected: 'One or two routes with nearly all failures: their code, or what they call, is at fault.',
        ifNot:
          'All routes fail alike: something they share is at fault (database, cache, configuration, memory). Go to [[step:Ask the service how it is]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Find out whether it is one instance',
        run: errorRatioByInstance,
        expected: 'All instances fail alike.',
        ifNot:
          'One instance fails and the others do not: go to [[step:Restart the service]], or take that instance out of the load balancer.',
        minutes: 0.5,
      },
      seeRecentStarts,
      askHealthAndReady,
      {
        language: 'promql',
        title: 'See whether a dependency fails',
        run: dependencyErrorRatio,
        expected: 'Near 0 for every dependency.',
        ifNot: 'One is high: it is the cause, not you. Tell its owner, then [[step:Switch the failing feature off]].',
        minutes: 0.5,
      },
    ],
    isItReal: [readErrorLog, openFailingTraces],
    causes: [
      {
        symptom: 'Began within minutes of a new version',
        cause: 'The release',
        check: '[[step:See whether it was just deployed or restarted]]',
      },
      {
        symptom: 'All routes fail, `/ready` is 503',
        cause: 'Database or cache gone',
        check: '[[alert:DatabaseConnectionLost]]',
      },
      {
        symptom: 'Timeouts, and requests wait for a connection',
        cause: 'Connection pool exhausted',
        check: '[[alert:DatabaseConnectionsHigh]]',
      },
      {
        symptom: 'One route, one error type',
        cause: 'A bug, or data nobody expected',
        check: '[[step:Read the errors in the log]]',
      },
      {
        symptom: '502, 503 and 504 without a line in the log',
        cause: 'The load balancer cannot reach the service, or the service dies under way',
        check: '[[alert:ServiceRestarting]]',
      },
      {
        symptom: 'Only routes that call one dependency',
        cause: 'That dependency',
        check: '[[step:See whether a dependency fails]]',
      },
      {
        symptom: 'Began on the hour or at midnight',
        cause: 'A scheduled job, an expired token or certificate',
        check: '`service_logs 1h`, and [[alert:CertificateExpiresSoon]]',
      },
    ],
    mitigation: [
      {
        language: 'sh',
        title: 'Roll the release back',
        note: 'If the failures began with a release. [[runbook:rollback]] says when not to; the command is here for speed.',
        run: sh`service_deploy "\${OLD_VERSION:?set it first: the version that ran before}"`,
        expected: 'The old version runs on every instance, and the ratio falls within two minutes.',
        ifNot: 'The ratio stays: it was not the release. Go to the next step.',
        minutes: 5,
      },
      {
        language: 'none',
        title: 'Switch the failing feature off',
        note: 'If one feature or one dependency fails and there is a flag for it.',
        expected: 'The feature is off, its route answers a plain "not available", and the ratio falls.',
        ifNot: 'There is no flag: go to the next step.',
        minutes: 2,
      },
      {
        language: 'sh',
        title: 'Restart the service',
        note: 'If one instance fails, or memory and connections look wrong. Save the evidence first: a restart destroys it.',
        run: sh`
          service_logs 1h > "$SERVICE-$(date -u +%Y%m%dT%H%MZ).log"
          service_restart
        `,
        expected: 'All instances are up within a minute, and the ratio falls.',
        ifNot: 'It fails again within minutes: do not restart in a loop, escalate.',
        minutes: 2,
      },
      {
        language: 'sh',
        title: 'Add instances',
        note: 'If the instances are saturated: [[alert:EventLoopLagHigh]] fires too. Do not, if the database is the bottleneck: more instances open more connections.',
        run: sh`service_scale 4`,
        expected: 'Four instances are up, and each serves its share.',
        ifNot: 'The ratio does not move within three minutes: scale back, the cause is shared.',
        minutes: 3,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See the ratio fall',
        run: errorRatio,
        expected: `Below ${threshold} within five minutes, and back to its usual value within ten: the window is five minutes long.`,
        ifNot: 'It hovers just below the threshold: the fault is still there. Go on with the next mitigation.',
        minutes: 10,
      },
      {
        language: 'promql',
        title: 'See what it cost',
        run: budgetLeft,
        expected: 'The share of the 30-day budget that is left, per SLO. Write it into the incident: 0.8 is 80 %.',
        ifNot: 'Negative: the budget is spent. Stop feature releases until it recovers: [[alert:ErrorBudgetBurnSlow]].',
        minutes: 0.5,
      },
      seeAlertGone('HighErrorRate'),
    ],
    escalate: [
      'After 15 minutes without a cause, or at once for SEV1: call the owner of the service and an incident commander.',
      'Data may have been lost or written twice: call the owner of the data before any rollback of the database.',
      'The cause is in a service or provider that is not yours: page its owner, with lines of the log.',
    ],
    falsePositives: [
      'A load test or a scanner that provokes 5xx on purpose: silence for its duration.',
      'A route that answers 503 by design (maintenance, load shedding): answer 429 or 404 there, or leave that route out of the rule by an SLO of its own.',
    ],
    silenceBy: ['service', 'environment'],
    tuning: {
      knobs: true,
      advice: [
        '`threshold` is a share of requests (0-1). Raise it only if the service has a known error floor that nobody will mend; an objective ([[alert:ErrorBudgetBurnFast]]) is the better place for "how many failures are acceptable".',
        '`minRequestRate` is in requests a second. Raise it where the traffic at night is so thin that single failures page.',
      ],
    },
    afterwards: [
      'Write the times of fault, page, mitigation and recovery into the incident, with the budget that it cost.',
      'A blameless post-mortem if it was SEV1 or SEV2: [[runbook:incident-response#Post-mortem]].',
      'Add a test that would have failed, and a check to [[runbook:deployment]] if a release did it.',
    ],
    runbooks: ['incident-response', 'rollback', 'troubleshooting'],
  };
}
