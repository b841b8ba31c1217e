import { humanDuration } from '../../objectives/in-words.ts';
import { metaAlertKnobs } from '../../objectives/meta-alert-knobs.ts';
import type { Model } from '../../model/model.ts';
import { seeAlertGone, sendTestAlert } from '../common-steps.ts';
import { firingCritical, notificationErrors, notificationsDropped } from '../queries/stack.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';
import { execIn } from '../terminal/stack-commands.ts';

export function prometheusNotificationsFailing(model: Model): AlertPage {
  const { for: holds } = metaAlertKnobs.PrometheusNotificationsFailing;
  return {
    alert: 'PrometheusNotificationsFailing',
    meaning: 'Prometheus cannot hand its alerts to Alertmanager: they fire, and nobody hears of them.',
    why: [
      `A restart of Alertmanager is over within ${humanDuration(holds)}.`,
      'This alert takes the same broken way as the others, so you may see it on the board only. [[alert:Watchdog]] is what tells somebody.',
    ],
    impact: 'Nobody is told when users suffer.',
    judge: ['SEV2: you are blind. Look at [[step:See what fires unheard]] first.'],
    firstFiveMinutes: [
      {
        language: 'promql',
        title: 'See what fires unheard',
        run: firingCritical,
        expected: 'Nothing: only the way is broken.',
        ifNot: 'Each line is a page that nobody got. Handle those first, by their own pages.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'See whether Alertmanager runs',
        run: sh`
          docker compose -f docker-compose.monitoring.yml ps --all alertmanager
          curl -sS -m 5 "$ALERTMANAGER_URL/-/ready"
        `,
        expected: 'Up, healthy, and "OK".',
        ifNot: 'Not up: go to [[step:Start Alertmanager]].',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Ask from where Prometheus asks',
        run: sh`${execIn('prometheus')} wget -qO- -T 5 ${`http://${model.addresses.alertmanager}/-/ready`}`,
        expected: '"OK": the way is open.',
        ifNot: 'No answer: the network between the containers, or another address than the configured one.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Read what Prometheus says',
        run: sh`docker compose -f docker-compose.monitoring.yml logs --no-log-prefix --since 15m prometheus | grep -iE 'notif|alertmanager' | tail -n 20`,
        expected: 'The error of each attempt.',
        ifNot: 'Nothing: it succeeds again.',
        minutes: 0.5,
      },
    ],
    isItReal: [
      {
        language: 'promql',
        title: 'Count the errors',
        run: notificationErrors,
        expected: 'Above 0 in the last fifteen minutes.',
        ifNot: '0: it is over, or the queue overflows: see the next step.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Count what was given up',
        run: notificationsDropped,
        expected: '0: it was late, not lost; Prometheus sends a firing alert again and again.',
        ifNot: 'Above 0: notifications were lost.',
        minutes: 0.5,
      },
    ],
    causes: [
      {
        symptom: '`connection refused`',
        cause: 'Alertmanager is down',
        check: '[[step:See whether Alertmanager runs]]',
      },
      {
        symptom: '`no such host`',
        cause: 'Not in the same network, or renamed',
        check: '[[step:Ask from where Prometheus asks]]',
      },
      {
        symptom: '`bad response status 400`',
        cause: 'A label or annotation that Alertmanager refuses',
        check: '[[step:Read what Prometheus says]]',
      },
      {
        symptom: '`context deadline exceeded`',
        cause: 'Alertmanager is overloaded: an alert storm',
        check: '[[alertmanager:/#/alerts]]',
      },
    ],
    mitigation: [
      {
        language: 'sh',
        title: 'Start Alertmanager',
        run: sh`
          docker compose -f docker-compose.monitoring.yml up -d alertmanager
          docker compose -f docker-compose.monitoring.yml logs --no-log-prefix --since 5m alertmanager | tail -n 20
        `,
        expected: 'Healthy within seconds; alerts that still fire arrive within a minute.',
        ifNot: 'It exits: its last line names the fault in its configuration. Go to [[alert:ConfigReloadFailed]].',
        minutes: 2,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See the errors end',
        run: notificationErrors,
        expected: '0 after fifteen minutes.',
        ifNot: 'Above 0: read the log again.',
        minutes: 15,
      },
      sendTestAlert,
      seeAlertGone('PrometheusNotificationsFailing'),
    ],
    escalate: [
      'Alertmanager does not come back within 15 minutes: tell the owners of all services that nobody is paged.',
    ],
    falsePositives: ['Alertmanager was upgraded for longer than the hold time: real, but known.'],
    silenceBy: ['environment'],
    tuning: {
      knobs: false,
      advice: ['Nothing to tune. Two Alertmanagers in a cluster make it rarer: `addresses.alertmanager`.'],
    },
    afterwards: ['List what fired meanwhile, and tell its owners.'],
    runbooks: ['monitoring'],
  };
}
