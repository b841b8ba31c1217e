import type { Model } from '../../model/model.ts';
import { humanDuration } from '../../objectives/in-words.ts';
import { metaAlertKnobs } from '../../objectives/meta-alert-knobs.ts';
import { seeAlertGone, seeWhatElseFires } from '../common-steps.ts';
import { certificateDays, probes, probeSeconds, targetsUpByJob } from '../queries/stack.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';
import { stackLogs } from '../terminal/stack-commands.ts';

export function healthCheckFailing(model: Model): AlertPage {
  const { for: holds } = model.knobs.HealthCheckFailing;
  return {
    alert: 'HealthCheckFailing',
    meaning: 'The service does not answer its health endpoint when it is asked from outside, as a user would reach it.',
    why: [
      `One lost probe happens; ${humanDuration(holds)} of them in a row do not. The health endpoint has no dependencies, so a failure means that the service, or the way to it, is gone.`,
      'The rule fires as well when the service is not probed at all: a probe that vanished would otherwise look like health.',
    ],
    impact:
      'Users most likely cannot reach the service at all. Load balancers that use the same endpoint have taken it out.',
    judge: [
      'SEV1 if [[alert:ServiceDown]] fires too, or if your own browser cannot reach the service.',
      'SEV2 if only the probe fails and users are served: the alerting is blind, but nobody is hurt yet.',
    ],
    firstFiveMinutes: [
      {
        language: 'sh',
        title: 'Ask for the health endpoint yourself',
        run: sh`curl -sS -m 5 -o /dev/null -w '%{http_code} in %{time_total} s, connected in %{time_connect} s\n' "$HEALTH_URL"`,
        expected: 'An error, as the probe sees it: refused, timed out, certificate, or a status that is not 200.',
        ifNot: '200: the service is well and the way of the probe is not. Go to [[step:See what the probe sees]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether Prometheus reaches the service',
        run: targetsUpByJob,
        expected: 'At least 1 for the jobs of the service: its processes run, the way from outside is broken.',
        ifNot: '0, or your service is missing: go to [[alert:ServiceDown]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See which probes fail',
        run: probes,
        expected: 'A 0 for your service only.',
        ifNot:
          '0 for every service: the prober itself, or the network between. Go to [[step:See what the probe sees]].',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'See whether the processes run',
        run: sh`service_status`,
        expected: 'All instances are up, for hours.',
        ifNot: 'Exited or restarting: go to [[alert:ServiceDown]] or [[alert:ServiceRestarting]].',
        minutes: 0.5,
      },
      seeWhatElseFires,
    ],
    isItReal: [
      {
        language: 'sh',
        title: 'See what the probe sees',
        run: sh`${stackLogs('blackbox-exporter')} | tail -n 20`,
        expected: 'Nothing, or the error of each failed probe.',
        ifNot:
          'The prober restarts or cannot resolve names: the fault is in the stack, go to [[runbook:monitoring#Common issues]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See how long probes take',
        run: probeSeconds,
        expected: 'Well under a second.',
        ifNot: `Near ${model.timing.scrapeTimeout}, the limit: the service answers, but too late. Go to [[alert:HighResponseTime]] or [[alert:EventLoopLagHigh]].`,
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Read the log of the service',
        run: sh`service_logs 15m | tail -n 60`,
        expected: 'Ordinary lines: the service works, and the way to it does not.',
        ifNot: 'Silence: nothing reaches it. Errors: start with the first one.',
        minutes: 1,
      },
    ],
    causes: [
      { symptom: 'Connection refused', cause: 'No process listens', check: '[[step:See whether the processes run]]' },
      {
        symptom: 'Timed out, all instances',
        cause: 'Event loop blocked, or a firewall drops packets',
        check: '[[alert:EventLoopLagHigh]]',
      },
      {
        symptom: 'Name does not resolve',
        cause: 'DNS changed or expired',
        check: '`getent hosts` with the name of the probe',
      },
      {
        symptom: 'Certificate error',
        cause: 'Expired, or a wrong name',
        check: '[[step:See when certificates expire]]',
      },
      {
        symptom: '502, 503 or 504 from outside, 200 from the host',
        cause: 'Load balancer or proxy',
        check: 'Its log, and its list of healthy backends',
      },
      {
        symptom: '404',
        cause: 'The health path moved with a release',
        check: '`healthPath` of the service in telltale.config.ts',
      },
      { symptom: 'Probe of every service fails', cause: 'The prober or its network', check: '[[alert:TargetDown]]' },
    ],
    mitigation: [
      {
        language: 'sh',
        title: 'Restart the service',
        note: 'If the processes run and do not answer. Save the log first.',
        run: sh`
          service_logs 1h > "$SERVICE-$(date -u +%Y%m%dT%H%MZ).log"
          service_restart
        `,
        expected: 'The health endpoint answers 200 within a minute.',
        ifNot: 'It does not: go on.',
        minutes: 2,
      },
      {
        language: 'sh',
        title: 'Roll the release back',
        note: 'If it stopped with a release: [[runbook:rollback]].',
        run: sh`service_deploy "\${OLD_VERSION:?set it first: the version that ran before}"`,
        expected: 'The old version answers 200.',
        ifNot:
          'It does not either: the way to the service is the fault. Call the owner of the network or load balancer.',
        minutes: 5,
      },
      {
        language: 'promql',
        title: 'See when certificates expire',
        run: certificateDays,
        expected: `More than ${metaAlertKnobs.CertificateExpiresSoon.days} days for every address that is probed over https.`,
        ifNot: 'Negative: renew it now, [[alert:CertificateExpiresSoon]]. Empty: nothing is probed over https.',
        minutes: 0.5,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See the probe succeed',
        run: probes,
        expected: '1 for every probe of the service.',
        ifNot: 'It flips between 0 and 1: one of several instances is bad. Take it out.',
        minutes: 2,
      },
      seeAlertGone('HealthCheckFailing'),
    ],
    escalate: [
      'At once if users are cut off and the fault is not in the service: call whoever owns DNS, certificates or the load balancer.',
      'After 10 minutes in every other case.',
    ],
    falsePositives: [
      "The probe runs on the host of the stack. If that host lost its network, users may be served well: ask from somewhere else, by telephone if need be. [[runbook:monitoring#Dead man's switch and a probe from outside]]",
      'Planned maintenance: silence it, with the end of the maintenance as the end of the silence.',
    ],
    silenceBy: ['service', 'environment'],
    tuning: {
      knobs: true,
      advice: [
        '`for` is the only constant. Below two scrape intervals it would page for a lost packet.',
        'Which address is probed is `url` and `healthPath` of the service.',
      ],
    },
    afterwards: [
      'If users noticed before the alert did, probe the address that users use.',
      'If DNS, certificate or load balancer did it: give that thing an owner and an expiry alert.',
    ],
    runbooks: ['incident-response', 'rollback', 'monitoring'],
  };
}
