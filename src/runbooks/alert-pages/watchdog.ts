import { sendTestAlert } from '../common-steps.ts';
import { amtool } from '../terminal/stack-commands.ts';
import { firingAlert, notificationErrors } from '../queries/stack.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';

export function watchdog(): AlertPage {
  return {
    alert: 'Watchdog',
    meaning:
      'This alert always fires, on purpose: as long as it arrives, the way from Prometheus to the receivers works. You are here because it stopped arriving.',
    why: [
      'An alert that is silent because nothing is wrong looks like an alert that is silent because the stack is dead. This one tells them apart.',
      "Its receiver is a dead man's switch outside of this stack: a service that raises an alarm when it hears nothing.",
    ],
    impact: 'While it fires: none. When it stops: no alert reaches anybody, whatever happens to users.',
    judge: [
      'SEV2 from the moment it stopped: you are blind. Look at the services with your own eyes first.',
      'SEV1 if the whole host is gone and services live on it too.',
    ],
    firstFiveMinutes: [
      {
        language: 'sh',
        title: 'See whether the stack runs',
        run: sh`docker compose -f docker-compose.monitoring.yml ps --all`,
        expected: '`prometheus` and `alertmanager` are up and healthy.',
        ifNot:
          'One is not: `docker compose -f docker-compose.monitoring.yml up -d`, then read its log. No answer from Docker: the host is gone.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Ask Prometheus',
        run: sh`curl -sS -m 5 "$PROMETHEUS_URL/-/ready" && curl -sS -m 5 "$PROMETHEUS_URL/api/v1/alertmanagers"`,
        expected: '"Prometheus Server is Ready.", and one active Alertmanager.',
        ifNot:
          'Not ready: it replays its log after a crash, minutes. `activeAlertmanagers` empty: [[alert:PrometheusNotificationsFailing]].',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Ask Alertmanager',
        run: amtool(sh`alert query alertname=Watchdog`),
        expected: 'The alert is listed: Prometheus and Alertmanager work, the receiver does not hear it.',
        ifNot: 'Not listed: it does not arrive from Prometheus, [[alert:PrometheusNotificationsFailing]].',
        minutes: 0.5,
      },
    ],
    isItReal: [
      {
        language: 'promql',
        title: 'See that it fires',
        run: firingAlert('Watchdog'),
        expected: 'One series, `alertstate="firing"`.',
        ifNot: 'Nothing: the rules are not loaded. See [[prometheus:/rules]], then [[alert:ConfigReloadFailed]].',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Read what Alertmanager says',
        run: sh`docker compose -f docker-compose.monitoring.yml logs --no-log-prefix --since 15m alertmanager | tail -n 30`,
        expected: "Nothing, or the error of the dead man's switch.",
        ifNot: '"notify retry canceled" with another receiver: [[alert:AlertmanagerNotificationsFailing]].',
        minutes: 0.5,
      },
    ],
    causes: [
      {
        symptom: 'Nothing answers',
        cause: 'Host, Docker or network gone',
        check: '[[step:See whether the stack runs]]',
      },
      {
        symptom: 'Fires in Prometheus, unknown to Alertmanager',
        cause: 'The way between them',
        check: '[[alert:PrometheusNotificationsFailing]]',
      },
      {
        symptom: 'Known to Alertmanager, not to the switch',
        cause: 'The address or secret of the switch, or the network to it',
        check: '[[step:Read what Alertmanager says]]',
      },
      { symptom: 'No rule of that name', cause: 'Rules not loaded', check: '[[alert:ConfigReloadFailed]]' },
      { symptom: 'It was silenced', cause: 'A silence that matches everything', check: '[[alertmanager:/#/silences]]' },
    ],
    mitigation: [
      {
        language: 'sh',
        title: 'Start the stack',
        run: sh`
          docker compose -f docker-compose.monitoring.yml up -d
          docker compose -f docker-compose.monitoring.yml ps
        `,
        expected: 'All up and healthy within a minute. What was not scraped meanwhile is lost, nothing else.',
        ifNot: 'One does not start: its log says why. Disk full: [[alert:DiskSpaceLow]].',
        minutes: 2,
      },
      {
        language: 'none',
        title: 'Watch by hand until it is back',
        note: 'Put [[dashboard:telltale-api]] on a screen, or ask the health endpoints once a minute from a terminal. Tell the channel that alerting is down.',
        expected: 'Somebody looks, and everybody knows.',
        ifNot: 'Nobody can: escalate, the services are unwatched.',
        minutes: 2,
      },
    ],
    recovered: [
      {
        language: 'sh',
        title: 'See the heartbeat arrive',
        run: amtool(sh`alert query alertname=Watchdog`),
        expected: "Listed; and the dead man's switch shows a beat that is younger than a minute or two.",
        ifNot: 'Listed but no beat: the receiver. [[alert:AlertmanagerNotificationsFailing]]',
        minutes: 2,
      },
      {
        language: 'promql',
        title: 'See that alerts are handed over',
        run: notificationErrors,
        expected: '0.',
        ifNot: 'Above 0: [[alert:PrometheusNotificationsFailing]].',
        minutes: 0.5,
      },
      sendTestAlert,
    ],
    escalate: [
      'The stack does not come back within 15 minutes: to whoever operates the host, and tell the owners of all services that they are unwatched.',
    ],
    falsePositives: [
      "The dead man's switch itself had an outage: its status page says so.",
      'Never silence this alert: a silence is what it would look like to be dead.',
    ],
    silenceBy: ['environment'],
    tuning: {
      knobs: false,
      advice: [
        'Nothing to tune in the rule. How long the switch waits before it raises its alarm is set there: two or three times the interval of the beats.',
      ],
    },
    afterwards: [
      'Write down from when to when nobody would have been told, and look at the services in that time.',
      "If services and monitoring share a host, add a probe from elsewhere: [[runbook:monitoring#Dead man's switch and a probe from outside]].",
    ],
    runbooks: ['monitoring'],
  };
}
