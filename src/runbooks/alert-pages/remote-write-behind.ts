import { seeAlertGone } from '../common-steps.ts';
import { remoteFailures, remotePending, samplesPerSecond } from '../queries/stack.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';

export function remoteWriteBehind(): AlertPage {
  return {
    alert: 'RemoteWriteBehind',
    meaning: 'Prometheus cannot hand its samples to the remote storage as fast as it takes them in.',
    why: [
      'A queue that grows for minutes does not shrink by itself.',
      'Prometheus keeps about two hours of samples for a receiver that is away; after that they are lost there. Here they stay for the whole retention.',
    ],
    impact: 'Dashboards and rules that read the remote storage are late. After two hours it has a gap.',
    judge: ['SEV3 while it is only late. SEV2 if rules are evaluated there: then alerts are late too.'],
    firstFiveMinutes: [
      {
        language: 'promql',
        title: 'See how much waits',
        run: remotePending,
        expected: 'Samples per destination; growing when asked twice.',
        ifNot: 'Falling: it catches up by itself.',
        minutes: 1,
      },
      {
        language: 'promql',
        title: 'See whether samples are refused',
        run: remoteFailures,
        expected: '0: slow, not broken.',
        ifNot: 'Above 0: those are lost. The log says why.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Read what Prometheus says',
        run: sh`docker compose -f docker-compose.monitoring.yml logs --no-log-prefix --since 30m prometheus | grep -i 'remote' | tail -n 20`,
        expected: 'The answer of the other side.',
        ifNot: 'Nothing: it is only slow.',
        minutes: 0.5,
      },
    ],
    isItReal: [
      {
        language: 'promql',
        title: 'See how much is taken in',
        run: samplesPerSecond,
        expected: 'As many samples a second as on other days.',
        ifNot: 'Far more: a label grows. [[alert:ScrapeSampleLimitExceeded]]',
        minutes: 0.5,
      },
    ],
    causes: [
      { symptom: '401, 403', cause: 'The key expired', check: 'The secret file of the destination' },
      { symptom: '429', cause: 'A limit of the provider', check: 'Its console: samples a second, series' },
      {
        symptom: '400, "out of order"',
        cause: 'Two Prometheus send the same series',
        check: 'Their external labels must differ',
      },
      { symptom: '5xx, timeouts', cause: 'The receiver is down or slow', check: 'Its own health' },
      {
        symptom: 'No errors, queue grows',
        cause: 'The line is too slow, or too few shards',
        check: 'The queue settings',
      },
    ],
    mitigation: [
      {
        language: 'none',
        title: 'Bring the receiver back',
        note: 'Restart or enlarge it, or renew the key. Prometheus sends what waits by itself.',
        expected: 'The queue shrinks within minutes.',
        ifNot: 'It grows on: go on.',
        minutes: 15,
      },
      {
        language: 'none',
        title: 'Send less',
        note: 'Leave out what nobody queries there, by a relabeling rule of the remote write; or lengthen `timing.scrapeInterval`.',
        expected: 'Fewer samples a second, and the queue shrinks.',
        ifNot: 'It does not: raise the number of shards.',
        minutes: 20,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See the queue drain',
        run: remotePending,
        expected: 'A few thousand, and steady.',
        ifNot: 'Still growing.',
        minutes: 15,
      },
      seeAlertGone('RemoteWriteBehind'),
    ],
    escalate: ['Behind for an hour: to whoever operates the receiver. After two hours samples are lost there.'],
    falsePositives: ['A restart of the receiver: it catches up.'],
    silenceBy: ['environment', 'instance'],
    tuning: {
      knobs: false,
      advice: ['Nothing to tune in the rule. The queue is set with the remote write of the config.'],
    },
    afterwards: ['Note how long the gap is, and whether anything that looks back over it must be told.'],
    runbooks: ['monitoring'],
  };
}
