import type { Model } from '../../model/model.ts';
import { humanDuration, humanSeconds } from '../../objectives/in-words.ts';
import { askHealthAndReady, seeAlertGone, seeRecentStarts, seeWhatElseFires } from '../common-steps.ts';
import { poolWaiting, queryQuantile } from '../queries/datastores.ts';
import { eventLoopLagP99 } from '../queries/process.ts';
import {
  dependencyP95,
  inFlight,
  latencyQuantile,
  latencyQuantileByRoute,
  requestsByRoute,
} from '../queries/requests.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';

export function highResponseTime(model: Model): AlertPage {
  const { threshold, quantile, minRequestRate, for: holds } = model.knobs.HighResponseTime;
  const level = `p${quantile * 100}`;
  const limit = humanSeconds(threshold);
  const slowest = latencyQuantileByRoute(quantile);
  return {
    alert: 'HighResponseTime',
    meaning: `One request in ${Math.round(1 / (1 - quantile))} to the service takes longer than ${limit}.`,
    why: [
      `${limit} is where people notice that they wait. The objective is tighter (${level} within ${humanSeconds(model.lines.latencyP95Seconds)}); this alert is for the service as a whole having become slow, not for missing a target by a little.`,
      `${limit} is a bucket bound of the histogram, so the ${level} is measured there and not interpolated between two bounds.`,
      `It must hold for ${humanDuration(holds)} at ${minRequestRate} requests a second or more. Streams and upgraded connections are left out: they are long by design.`,
    ],
    impact: 'Pages and actions feel stuck. Callers with short timeouts see errors, and retry, which makes it worse.',
    judge: [
      'SEV2 if a core path is slow, or if the error ratio rises too: it is about to become [[alert:HighErrorRate]].',
      'SEV3 if a single feature is slow.',
      'Rising by the minute is worse than high and flat: something fills up.',
    ],
    firstFiveMinutes: [
      {
        language: 'promql',
        title: 'See how slow it is',
        run: latencyQuantile(quantile),
        expected: `Seconds, over ${threshold} for your service.`,
        ifNot: 'Below: it is over, go to [[section:Confirm that it is over]].',
        minutes: 0.5,
      },
      seeWhatElseFires,
      {
        language: 'promql',
        title: 'Find the slow route',
        run: slowest,
        expected: 'One or two routes are far slower than the rest: what they call or compute is at fault.',
        ifNot: 'All routes are slow alike: something they share. Go to [[step:See whether the event loop is blocked]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether the event loop is blocked',
        run: eventLoopLagP99,
        expected: `Below ${model.knobs.EventLoopLagHigh.threshold} s on every instance.`,
        ifNot: 'Above: the process itself is the bottleneck. Go to [[alert:EventLoopLagHigh]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether requests wait for the database',
        run: poolWaiting,
        expected: '0 for every pool.',
        ifNot: 'Above 0 for minutes: go to [[alert:DatabaseConnectionsHigh]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether queries are slow',
        run: queryQuantile(quantile),
        expected: `Far below ${model.knobs.DatabaseQueriesSlow.threshold} s for every kind of statement.`,
        ifNot: 'Near it or above: go to [[alert:DatabaseQueriesSlow]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether a dependency is slow',
        run: dependencyP95,
        expected: 'Seconds per dependency, as on an ordinary day.',
        ifNot:
          'One takes as long as your own slow route: it is the cause. Tell its owner, then [[step:Shorten the timeout of the slow dependency]].',
        minutes: 0.5,
      },
      seeRecentStarts,
    ],
    isItReal: [
      askHealthAndReady,
      {
        language: 'sh',
        title: 'Open the slow traces',
        needs: 'tracing',
        run: sh`echo "$JAEGER_URL/search?service=$SERVICE&lookback=1h&limit=20&minDuration=${threshold}s"`,
        note: 'Open the printed link in a browser.',
        expected:
          'Traces in which one span takes most of the time: that is the place. Gaps between spans are computation in the process.',
        ifNot: 'No trace: the service does not trace, or few requests are sampled. Read the log: `service_logs 15m`.',
        minutes: 1,
      },
    ],
    causes: [
      {
        symptom: 'Slow since a release',
        cause: 'The release: a new query, an N+1, a synchronous call',
        check: '[[step:See whether it was just deployed or restarted]]',
      },
      {
        symptom: 'All routes slow, lag of the event loop high',
        cause: 'Computation blocks the process',
        check: '[[alert:EventLoopLagHigh]]',
      },
      {
        symptom: 'Requests wait for a connection',
        cause: 'Pool too small, or held by slow queries',
        check: '[[alert:DatabaseConnectionsHigh]]',
      },
      { symptom: 'Queries slow', cause: 'Missing index, changed plan, locks', check: '[[alert:DatabaseQueriesSlow]]' },
      {
        symptom: 'More requests than usual',
        cause: 'Load: a campaign, a crawler, a retry storm',
        check: '[[step:Find where the load comes from]]',
      },
      {
        symptom: 'Hit share of the cache fell',
        cause: 'Cache emptied or too small',
        check: '[[dashboard:telltale-database]]',
      },
    ],
    mitigation: [
      {
        language: 'promql',
        title: 'Find where the load comes from',
        run: requestsByRoute,
        expected: 'The mix of an ordinary day. Then load is not the cause: go on.',
        ifNot: 'One route has many times its share: limit it at the load balancer or gateway, and tell its callers.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Add instances',
        note: 'If the instances are busy and the database is not. More instances open more connections: see [[alert:DatabaseConnectionsHigh]] first.',
        run: sh`service_scale 4`,
        expected: 'Four instances are up, requests in flight per instance fall, latency follows within two minutes.',
        ifNot: 'Latency stays: scale back, something shared is slow.',
        minutes: 3,
      },
      {
        language: 'none',
        title: 'Shorten the timeout of the slow dependency',
        note: 'Or switch the feature that calls it off, if there is a flag. A fast failure is better than a queue.',
        expected: 'Other routes recover at once; the feature answers "not available".',
        ifNot: 'There is no such setting: go on.',
        minutes: 3,
      },
      {
        language: 'sh',
        title: 'Roll the release back',
        note: 'If it became slow with a release: [[runbook:rollback]].',
        run: sh`service_deploy "\${OLD_VERSION:?set it first: the version that ran before}"`,
        expected: 'The old version runs on every instance, and latency falls within two minutes.',
        ifNot: 'It stays: it was not the release. Escalate.',
        minutes: 5,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See latency fall',
        run: latencyQuantile(quantile),
        expected: `Below ${threshold}, then below ${model.lines.latencyP95Seconds} s, its objective.`,
        ifNot: 'It hovers: the cause is still there.',
        minutes: 5,
      },
      {
        language: 'promql',
        title: 'See the queue drain',
        run: inFlight,
        expected: 'Requests in flight are back at their usual number.',
        ifNot:
          'Still high with a low request rate: requests hang. Restart one instance and see whether it stays clean.',
        minutes: 1,
      },
      seeAlertGone('HighResponseTime'),
    ],
    escalate: [
      'After 30 minutes without a cause, or as soon as [[alert:HighErrorRate]] fires too.',
      'The cause is a query: call whoever owns the schema, before killing anything.',
      'The cause is load: call whoever decides whom to turn away.',
    ],
    falsePositives: [
      'A route that is slow by design (report, export, upload): move it to a background job, or give it an objective of its own.',
      'A batch client at night, when few others call: see who calls in [[step:Find where the load comes from]].',
    ],
    silenceBy: ['service', 'environment'],
    tuning: {
      knobs: true,
      advice: [
        '`threshold` is in seconds and must be a bucket bound of the histogram; the generator says so if it is not.',
        '`quantile` is 0-1. Do not lower it to keep the alert quiet: the people behind the slow requests are often those with the most data.',
      ],
    },
    afterwards: [
      "Add the slow query, call or computation to the team's list, with how often it ran and how long it took.",
      'If load did it: compare the rate of that hour with the capacity line on [[dashboard:telltale-api]].',
    ],
    runbooks: ['troubleshooting', 'rollback', 'incident-response'],
  };
}
