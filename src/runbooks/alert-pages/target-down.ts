import { humanDuration } from '../../objectives/in-words.ts';
import { metaAlertKnobs } from '../../objectives/meta-alert-knobs.ts';
import { seeAlertGone } from '../common-steps.ts';
import { targetsByJob, targetsDown, targetsUpByJob } from '../queries/stack.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';
import { execIn } from '../terminal/stack-commands.ts';

export function targetDown(): AlertPage {
  const { for: holds } = metaAlertKnobs.TargetDown;
  return {
    alert: 'TargetDown',
    meaning: 'One target (an instance of a service, an exporter, a part of the stack) does not answer its scrapes.',
    why: [
      `${humanDuration(holds)} are many scrapes in a row: a restart is over sooner.`,
      'It is a warning, as one instance or exporter is rarely all there is. All instances gone is [[alert:ServiceDown]], which mutes this one.',
    ],
    impact: 'Its panels are empty and its alerts are blind. Whether users notice depends on what it is.',
    judge: [
      'An exporter or a part of the stack: SEV3, you are partly blind.',
      'One instance of a service: SEV3, the others carry its load.',
    ],
    firstFiveMinutes: [
      {
        language: 'promql',
        title: 'See which targets are down',
        run: targetsDown,
        expected: 'The target of the alert, and no other.',
        ifNot: 'Many with the same host: the host. All of them: the network of Prometheus.',
        minutes: 0.5,
      },
      {
        language: 'none',
        title: 'Read the error of the target',
        note: 'On [[prometheus:/targets]], filter by "unhealthy".',
        expected: 'One of the errors in [[section:Likely causes]].',
        ifNot: 'The target is not listed: it was removed, the alert will end by itself.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Ask as Prometheus asks',
        run: sh`${execIn('prometheus')} wget -qO- -T 5 "\${TARGET:?set it first: the address of the target, as the page shows it}" | head -n 5`,
        expected: 'The same error as on the page.',
        ifNot: 'Lines of metrics: it is back, or only slow. See how long a scrape takes on the page.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'See whether it runs',
        run: sh`
          docker compose -f docker-compose.monitoring.yml ps --all
          service_status
        `,
        expected: 'It runs.',
        ifNot: 'It exited: read its last lines, then start it.',
        minutes: 0.5,
      },
    ],
    isItReal: [
      {
        language: 'promql',
        title: 'See what is left of it',
        run: targetsUpByJob,
        expected: 'Other instances of the same job answer.',
        ifNot:
          '0: nothing of that kind is left. For a service go to [[alert:ServiceDown]], for a database exporter to [[alert:DatabaseConnectionLost]].',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Read what Prometheus says',
        run: sh`docker compose -f docker-compose.monitoring.yml logs --no-log-prefix --since 15m prometheus | grep -iE 'warn|error' | tail -n 20`,
        expected: 'Nothing about discovery.',
        ifNot: 'Errors about target files: `monitoring/targets/` is broken or not mounted.',
        minutes: 0.5,
      },
    ],
    causes: [
      {
        symptom: '`connection refused`',
        cause: 'It does not run, or listens on another address',
        check: '[[step:See whether it runs]]',
      },
      {
        symptom: '`context deadline exceeded`',
        cause: 'It is too slow or hangs, or a firewall drops packets',
        check: '[[alert:EventLoopLagHigh]]',
      },
      {
        symptom: '`server returned HTTP status 404`',
        cause: 'Wrong `metricsPath`, or no metrics endpoint in that version',
        check: '`curl "$SERVICE_URL/metrics"`',
      },
      { symptom: '`401` or `403`', cause: 'The endpoint asks for credentials', check: 'The token file of the scrape' },
      { symptom: '`sample limit exceeded`', cause: 'Too many series', check: '[[alert:ScrapeSampleLimitExceeded]]' },
      { symptom: '`no such host`', cause: 'A name that no longer exists', check: '`monitoring/targets/`' },
      {
        symptom: '`unsupported Content-Type`',
        cause: 'Something else answers at that address',
        check: '`curl -I` of the target',
      },
    ],
    mitigation: [
      {
        language: 'sh',
        title: 'Start what stopped',
        note: 'A part of the stack. For an instance of a service: `service_restart`.',
        run: sh`docker compose -f docker-compose.monitoring.yml up -d`,
        expected: 'Everything up; the target answers at the next scrape.',
        ifNot: 'It exits again: its log says why.',
        minutes: 2,
      },
      {
        language: 'none',
        title: 'Correct the address',
        note: 'If the service moved: change `url` or `metricsPath` in telltale.config.ts, run `npx telltale generate`. Prometheus reads target files by itself.',
        expected: 'The target is up within a minute.',
        ifNot: 'It is still listed with the old address: the folder that is mounted is not the one that was generated.',
        minutes: 5,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See all targets answer',
        run: targetsDown,
        expected: 'Nothing.',
        ifNot: 'Still listed: its error has changed, read it again.',
        minutes: 1,
      },
      {
        language: 'promql',
        title: 'See that none was lost',
        run: targetsByJob,
        expected: 'As many targets of each kind as you run.',
        ifNot: 'Fewer: one vanished from the list instead of coming back.',
        minutes: 0.5,
      },
      seeAlertGone('TargetDown'),
    ],
    escalate: [
      'A host does not answer at all: to whoever operates it.',
      'Two instances of the same service: treat it as [[alert:ServiceDown]] to come.',
    ],
    falsePositives: [
      'An instance that was taken away on purpose and is still in the target list.',
      'A host that is off at night: silence it by its instance.',
    ],
    silenceBy: ['environment', 'instance'],
    tuning: { knobs: false, advice: ['How long it must hold is in `src/objectives/meta-alert-knobs.ts`.'] },
    afterwards: ['Remove what no longer exists from the config.'],
    runbooks: ['monitoring'],
  };
}
