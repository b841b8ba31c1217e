import type { Model } from '../../model/model.ts';
import { humanDuration, percent } from '../../objectives/in-words.ts';
import { askHealthAndReady, readErrorLog, seeAlertGone, seeRecentStarts, seeWhatElseFires } from '../common-steps.ts';
import { escapeMarkdown } from '../escape-markdown.ts';
import { activityAgainstLastWeek, watchedCounters } from '../queries/business.ts';
import { trafficAgainstLastWeek } from '../queries/objectives.ts';
import { abortedByRoute, requestsByRoute, statusMix } from '../queries/requests.ts';
import { probes } from '../queries/stack.ts';
import type { AlertPage, QueryStep } from '../runbook.ts';
import { sh } from '../shell.ts';

export function businessActivityDrop(model: Model): AlertPage {
  const { threshold, minPerHour, for: holds } = model.knobs.BusinessActivityDrop;
  const watched = watchedCounters(model);
  const names = watched.map(({ title }) => escapeMarkdown(title));
  const activities: readonly QueryStep[] = watched.map(({ entry, title }) => ({
    language: 'promql',
    title: `Compare "${title.replace(/["\s\p{Cc}]+/gu, ' ').trim()}" with last week`,
    run: activityAgainstLastWeek(entry),
    expected: 'Near 1: as many as in the same hour a week ago.',
    ifNot: `Below ${threshold}: this is what dropped. What does a user do just before it? Try that yourself.`,
    minutes: 0.5,
  }));
  return {
    alert: 'BusinessActivityDrop',
    meaning: `Fewer than ${percent(threshold)} of the usual requests or business events arrive, compared with the same hour a week ago.`,
    why: [
      'Everything can be green while nobody can use the product: a dead DNS name, a button that does nothing, a payment form that fails in the browser. This is the alert for that.',
      `It watches the requests of each service${names.length === 0 ? '' : ` and these events: ${names.join(', ')}`}. The label \`activity\` says which one dropped.`,
      `It needs at least ${minPerHour} of them in that hour a week ago, and must hold for ${humanDuration(holds)}: people are irregular.`,
    ],
    impact: 'Users cannot do what they came for, or cannot reach you at all. Often it is money.',
    judge: [
      'SEV1 if requests are near zero with every target up: users cannot reach you.',
      'SEV2 if one business event dropped and requests did not: one step of the journey is broken.',
      'Not an incident if you know why: holiday, end of a campaign, an hour of clock change.',
    ],
    firstFiveMinutes: [
      {
        language: 'promql',
        title: 'Compare requests with last week',
        run: trafficAgainstLastWeek,
        expected: 'Near 1: users arrive. Then one step of the journey is broken, go to the comparisons below.',
        ifNot: `Below ${threshold}: users do not arrive. Go to [[step:Walk the journey yourself]].`,
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Walk the journey yourself',
        run: sh`
          getent hosts "\${PUBLIC_HOST:?set it first: the host name that users type}"
          curl -sS -m 10 -o /dev/null -w '%{http_code} from %{remote_ip} in %{time_total} s, certificate %{ssl_verify_result}\n' "https://$PUBLIC_HOST/"
        `,
        note: 'From outside your network; best with a telephone that is not on your Wi-Fi, in a private window, as a new user.',
        expected: 'The page opens and the step works.',
        ifNot:
          'No address: DNS. Another address than yours: DNS or a hijack. Certificate not 0: renew it. The page opens but the step fails: note the message, and go to [[step:Read the errors in the log]].',
        minutes: 2,
      },
      ...activities,
      seeWhatElseFires,
      seeRecentStarts,
    ],
    isItReal: [
      {
        language: 'promql',
        title: 'See what is answered',
        run: statusMix,
        expected: 'The usual mix.',
        ifNot: 'Many 4xx: clients send what the service refuses since some release. Many 3xx: a redirect loop.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether users give up',
        run: abortedByRoute,
        expected: 'Few.',
        ifNot: 'Many on one route: it hangs. Go to [[alert:HighResponseTime]].',
        minutes: 0.5,
      },
      readErrorLog,
    ],
    causes: [
      {
        symptom: 'No requests, all targets up',
        cause: 'DNS, load balancer, CDN, firewall',
        check: '[[step:Walk the journey yourself]]',
      },
      {
        symptom: 'Requests as usual, one event dropped',
        cause: 'A step of the journey is broken, often in the browser',
        check: '[[step:See which routes are called]]',
      },
      {
        symptom: 'Since a release',
        cause: 'The release; also one of the front end',
        check: '[[step:See whether it was just deployed or restarted]]',
      },
      { symptom: 'Payments only', cause: 'The payment provider', check: 'Its status page' },
      { symptom: 'One country or network only', cause: 'A provider in between', check: 'Ask from elsewhere' },
      {
        symptom: 'Everything dropped a little',
        cause: 'A holiday, the weather, a football final',
        check: 'The calendar',
      },
    ],
    mitigation: [
      {
        language: 'promql',
        title: 'See which routes are called',
        run: requestsByRoute,
        expected: 'The routes of the journey, in their usual proportion.',
        ifNot: 'One is missing: the step before it is broken. That is where to look.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Roll the release back',
        note: 'If it dropped with a release, of the service or of the front end: [[runbook:rollback]].',
        run: sh`service_deploy "\${OLD_VERSION:?set it first: the version that ran before}"`,
        expected: 'Events come back within a quarter of an hour.',
        ifNot: 'They do not: it was not the release.',
        minutes: 5,
      },
      {
        ...askHealthAndReady,
        title: 'Put traffic back on its way',
        note: 'If DNS, CDN or load balancer is at fault: undo its last change, or send traffic around it. Then ask the service itself.',
        minutes: 10,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See requests come back',
        run: trafficAgainstLastWeek,
        expected: 'Near 1, or above while people catch up.',
        ifNot: 'It stays: caches of DNS need their time to live. Look again in ten minutes.',
        minutes: 15,
      },
      {
        language: 'promql',
        title: 'See the probes succeed',
        run: probes,
        expected: '1 for every probe.',
        ifNot: '0: go to [[alert:HealthCheckFailing]].',
        minutes: 0.5,
      },
      seeAlertGone('BusinessActivityDrop'),
    ],
    escalate: [
      'You cannot finish the journey yourself: at once, as SEV1.',
      'Payments dropped and the provider says all is well: to whoever has its telephone number.',
    ],
    falsePositives: [
      'Last week was unusual (a campaign, an incident, a load test): compare with two weeks ago on [[dashboard:telltale-business]], then silence it until tomorrow.',
      'Public holidays: silence it in advance.',
    ],
    silenceBy: ['service', 'environment'],
    tuning: {
      knobs: true,
      advice: [
        '`threshold` is a share (0-1) of last week. `minPerHour` keeps quiet hours silent.',
        'What is watched is `watched: true` of a business metric in `business: [...]`.',
      ],
    },
    afterwards: [
      'Count what was lost: the gap between the two lines on the panel. Put it into the post-mortem.',
      'Probe the address that users use, from outside, if nobody else noticed.',
    ],
    runbooks: ['incident-response', 'rollback', 'troubleshooting'],
  };
}
