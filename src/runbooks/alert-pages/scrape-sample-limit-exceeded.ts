import { humanDuration } from '../../objectives/in-words.ts';
import { metaAlertKnobs } from '../../objectives/meta-alert-knobs.ts';
import { seeAlertGone, seeRecentStarts } from '../common-steps.ts';
import { headSeries, labelOverflow, routeOverflow, sampleLimitHits, seriesByInstance } from '../queries/stack.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';

export function scrapeSampleLimitExceeded(): AlertPage {
  const { for: holds } = metaAlertKnobs.ScrapeSampleLimitExceeded;
  return {
    alert: 'ScrapeSampleLimitExceeded',
    meaning: 'A target exposes more series than its limit allows, so Prometheus throws every scrape of it away.',
    why: [
      `The limit comes from the cardinality budget of the model: past it, a label grows without bounds. It must hold for ${humanDuration(holds)}.`,
      'Throwing one target away protects all others: without a limit one bad label takes Prometheus down.',
    ],
    impact: 'That target is blind: no panels, no alerts. Users may suffer unseen.',
    judge: ['SEV3 as a rule. SEV2 if it is the only instance of a service that pages.'],
    firstFiveMinutes: [
      {
        language: 'none',
        title: 'Find the target',
        note: 'On [[prometheus:/targets]], the one with "sample limit exceeded".',
        expected: 'One target, or all instances of one service.',
        ifNot: 'None: it is over.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See how many series each instance exposes',
        run: seriesByInstance,
        expected: 'The last number before it went blind, for the services that report it.',
        ifNot: 'Not listed: an exporter. Count with the next step.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Count the series by metric',
        run: sh`curl -sS -m 10 "$SERVICE_URL/metrics" | grep -v '^#' | sed 's/[{ ].*//' | sort | uniq -c | sort -rn | head -n 10`,
        expected: 'One metric has most of them.',
        ifNot: 'Evenly spread: more instances, routes or buckets than the budget was made for. Raise the limit.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Find the label that grows',
        run: sh`curl -sS -m 10 "$SERVICE_URL/metrics" | grep "^\${METRIC:?set it first: the metric with the most series}" | grep -oE '[a-z_]+="[^"]*"' | sort -u | cut -d = -f 1 | sort | uniq -c | sort -rn | head`,
        expected: 'One label with far more values than the others: an id, a path, a message.',
        ifNot: 'None stands out: it is the product of several. Drop one.',
        minutes: 1,
      },
      seeRecentStarts,
    ],
    isItReal: [
      {
        language: 'promql',
        title: 'Count the scrapes thrown away',
        run: sampleLimitHits,
        expected: 'Above 0 in the last fifteen minutes.',
        ifNot: '0: it is over.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether bounds were hit',
        run: labelOverflow,
        expected: '0: every label stays in its bounds.',
        ifNot: 'Above 0: the metric that is named has a label that the code fills with something unbounded.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether routes overflow',
        run: routeOverflow,
        expected: '0.',
        ifNot: 'Above 0: more routes than the cap. Routes are made at run time, or the application is very large.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Read what the service says',
        run: sh`service_logs 1h | grep -iE 'telltale|label|overflow' | tail -n 10`,
        expected: 'Nothing.',
        ifNot: 'A warning names the metric and the value.',
        minutes: 0.5,
      },
    ],
    causes: [
      {
        symptom: 'A label with ids, paths or messages',
        cause: 'Unbounded values',
        check: '[[step:Find the label that grows]]',
      },
      {
        symptom: 'Since a release',
        cause: 'A new metric or label',
        check: '[[step:See whether it was just deployed or restarted]]',
      },
      {
        symptom: 'An exporter',
        cause: 'It watches more than before: databases, containers, mount points',
        check: 'Its own options',
      },
      {
        symptom: 'All instances, a little over',
        cause: 'The application grew',
        check: '[[step:See how many series each instance exposes]], against the budget of the model',
      },
    ],
    mitigation: [
      {
        language: 'sh',
        title: 'Roll the release back',
        note: 'If a new label did it: [[runbook:rollback]].',
        run: sh`service_deploy "\${OLD_VERSION:?set it first: the version that ran before}"`,
        expected: 'The target is scraped again at once.',
        ifNot: 'Not: it was not the release.',
        minutes: 5,
      },
      {
        language: 'sh',
        title: 'Restart the service',
        note: 'Series of an overflowing label live until the process ends: this gains hours.',
        run: sh`service_restart`,
        expected: 'The target is scraped again.',
        ifNot: 'It is over the limit again within minutes.',
        minutes: 2,
      },
      {
        language: 'none',
        title: 'Declare the values of the label',
        note: 'The cure: a closed list of values, or a route template in the place of a path. [[runbook:monitoring#Adding a metric]]',
        expected: 'The number of series is flat from then on.',
        ifNot: 'It must be open: then it belongs in a log, not in a metric.',
        minutes: 60,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See the scrapes succeed',
        run: sampleLimitHits,
        expected: '0 after fifteen minutes.',
        ifNot: 'Above 0: another target.',
        minutes: 15,
      },
      {
        language: 'promql',
        title: 'See the series level off',
        run: headSeries,
        expected: 'Flat, or falling over the next two hours.',
        ifNot: 'It grows: another label does it too.',
        minutes: 1,
      },
      seeAlertGone('ScrapeSampleLimitExceeded'),
    ],
    escalate: ['The only instance of a service that pages is blind for an hour: to the team of the service.'],
    falsePositives: [
      'Growth that was planned: raise the budget of the model before the deployment, not after the alert.',
    ],
    silenceBy: ['environment', 'instance'],
    tuning: {
      knobs: false,
      advice: [
        'The limit follows the cardinality budget of the model. Raise it only when you know which label grew, and why that is right.',
      ],
    },
    afterwards: ['Write down label, values and the commit that brought them.'],
    runbooks: ['monitoring', 'rollback'],
  };
}
