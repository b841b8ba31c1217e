import { humanDuration } from '../../objectives/in-words.ts';
import { metaAlertKnobs } from '../../objectives/meta-alert-knobs.ts';
import { seeAlertGone, sendTestAlert } from '../common-steps.ts';
import { firingCritical, receiverAttempts, receiverFailures } from '../queries/stack.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';
import { amtool, execIn } from '../terminal/stack-commands.ts';

export function alertmanagerNotificationsFailing(): AlertPage {
  const { for: holds } = metaAlertKnobs.AlertmanagerNotificationsFailing;
  return {
    alert: 'AlertmanagerNotificationsFailing',
    meaning: 'Alertmanager tries to notify somebody and is refused: the label `integration` says by which way.',
    why: [`One failed attempt is repeated; failures for ${humanDuration(holds)} are not a hiccup.`],
    impact: 'Whoever relies on that way is not told.',
    judge: ['SEV2 if it is the way of pages (critical). SEV3 if it is chat or mail.'],
    firstFiveMinutes: [
      {
        language: 'promql',
        title: 'See what fires unheard',
        run: firingCritical,
        expected: 'Nothing: only the way is broken.',
        ifNot: 'Each line is a page that may not have arrived: telephone its owner.',
        minutes: 1,
      },
      {
        language: 'promql',
        title: 'See which way fails, and why',
        run: receiverFailures,
        expected:
          'The `integration`, and a `reason`: `clientError` is a key or address, `serverError` is their side, `contextDeadlineExceeded` is the network.',
        ifNot: '0 everywhere: it is over.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Read what Alertmanager says',
        run: sh`docker compose -f docker-compose.monitoring.yml logs --no-log-prefix --since 30m alertmanager | grep -iE 'error|warn' | tail -n 20`,
        expected: 'The answer of the other side, with its status code.',
        ifNot: 'Nothing: look further back.',
        minutes: 0.5,
      },
    ],
    isItReal: [
      {
        language: 'promql',
        title: 'Compare attempts and failures',
        run: receiverAttempts,
        expected: 'As many attempts as failures: nothing gets through.',
        ifNot: 'Far more attempts: most get through, the other side limits the rate.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'See that the way out is open',
        run: sh`${execIn('alertmanager')} wget -q -T 5 -O /dev/null "\${RECEIVER_URL:?set it first: https:// and the host of the receiver, without its secret path}" && echo reached`,
        expected: '"reached", or an HTTP error: the network is open.',
        ifNot: '"bad address" or a timeout: DNS or a proxy or firewall of yours.',
        minutes: 0.5,
      },
    ],
    causes: [
      {
        symptom: '401, 403, 404',
        cause: 'The key was revoked, the channel removed',
        check: 'The secret file of the receiver in `monitoring/secrets/`',
      },
      {
        symptom: '400',
        cause: 'The message is refused: too long, a field missing',
        check: '[[step:Check the configuration]]',
      },
      { symptom: '429', cause: 'Too many messages: an alert storm', check: '[[alertmanager:/#/alerts]]' },
      { symptom: '5xx', cause: 'The provider has an outage', check: 'Its status page' },
      {
        symptom: 'timeout, `no such host`',
        cause: 'Network, DNS, proxy',
        check: '[[step:See that the way out is open]]',
      },
      {
        symptom: '`no such file`',
        cause: 'The secret file is missing or not readable',
        check: '`ls -l monitoring/secrets/`',
      },
    ],
    mitigation: [
      {
        language: 'sh',
        title: 'Check the configuration',
        run: sh`${execIn('alertmanager')} amtool check-config /etc/alertmanager/alertmanager.yml`,
        expected: 'SUCCESS, and the receivers you expect.',
        ifNot: 'FAILED: it runs on an older one. [[alert:ConfigReloadFailed]]',
        minutes: 0.5,
      },
      {
        language: 'none',
        title: 'Put a new key into the secret file',
        note: 'Get it from the provider, write it into the file of the receiver in `monitoring/secrets/`, without a line break at the end. Alertmanager reads it at the next message.',
        expected: 'The next attempt succeeds.',
        ifNot: 'The same error: the file that is mounted is another. Restart Alertmanager.',
        minutes: 10,
      },
      {
        language: 'none',
        title: 'Send pages another way',
        note: 'While a provider has an outage: add a second receiver for critical alerts to `receivers` in telltale.config.ts, `npx telltale generate`, reload.',
        expected: 'Pages arrive by the other way.',
        ifNot: 'No other way exists: watch the board by hand, in shifts.',
        minutes: 15,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See the failures end',
        run: receiverFailures,
        expected: '0 after fifteen minutes.',
        ifNot: 'Above 0: another integration fails too.',
        minutes: 15,
      },
      { ...sendTestAlert, ifNot: 'Not there: the routing sends it elsewhere. Go to the next step.' },
      {
        language: 'sh',
        title: 'See where a page is routed',
        run: amtool(sh`config routes test severity=critical service="$SERVICE" environment="$ENVIRONMENT"`),
        expected: 'The name of the receiver that pages.',
        ifNot: 'Another one: correct `receivers` in telltale.config.ts.',
        minutes: 0.5,
      },
      seeAlertGone('AlertmanagerNotificationsFailing'),
    ],
    escalate: ['Pages cannot be sent for 15 minutes: tell the people on call by telephone.'],
    falsePositives: ['A receiver that was removed at the provider, and is still configured: remove it here.'],
    silenceBy: ['environment'],
    tuning: { knobs: false, advice: ['Nothing to tune. Remove receivers that nobody reads.'] },
    afterwards: ['List the pages that did not arrive.', 'Note in the calendar when the new key expires.'],
    runbooks: ['monitoring'],
  };
}
