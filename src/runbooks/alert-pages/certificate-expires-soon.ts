import { humanDuration } from '../../objectives/in-words.ts';
import { metaAlertKnobs } from '../../objectives/meta-alert-knobs.ts';
import { seeAlertGone } from '../common-steps.ts';
import { certificateDays, probes } from '../queries/stack.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';

export function certificateExpiresSoon(): AlertPage {
  const { days, for: holds } = metaAlertKnobs.CertificateExpiresSoon;
  const show = sh`echo | openssl s_client -connect "\${HOST:?set it first: the host name that is probed}:443" -servername "$HOST" 2>/dev/null | openssl x509 -noout -subject -issuer -enddate`;
  return {
    alert: 'CertificateExpiresSoon',
    meaning: `The certificate of an address that is probed expires within ${days} days.`,
    why: [
      `Certificates that renew themselves do so a month before the end. Fewer than ${days} days means that renewal has failed for two weeks.`,
      `It must hold for ${humanDuration(holds)}. The first certificate of the chain to expire counts, not only the last.`,
    ],
    impact:
      'None until it expires. Then every user gets a warning page, and every caller an error, at the same second.',
    judge: ['SEV4 with more than a week left, SEV3 below, SEV2 on the last day.'],
    firstFiveMinutes: [
      {
        language: 'promql',
        title: 'See how many days are left',
        run: certificateDays,
        expected: `Days by address; one is below ${days}.`,
        ifNot: 'All above: it has been renewed.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Look at the certificate',
        run: show,
        expected: 'The name, who issued it, and the same end date.',
        ifNot: 'A later date: some servers behind that name have the new one, others have not. Reload them all.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'See why it was not renewed',
        run: sh`
          sudo certbot certificates 2>/dev/null || docker compose ps --all | grep -iE 'caddy|traefik|acme'
          sudo journalctl --since -3d --no-pager | grep -iE 'certbot|acme|renew' | tail -n 20
        `,
        note: 'On the host that ends TLS. With a managed certificate: its console.',
        expected: 'The error of the last attempts: a challenge that cannot be reached, a rate limit, a DNS token.',
        ifNot: 'No attempts: the timer is gone. Or it was bought by hand: see who did.',
        minutes: 2,
      },
    ],
    isItReal: [
      {
        language: 'promql',
        title: 'See that the probes still succeed',
        run: probes,
        expected: '1: it has not expired yet.',
        ifNot: '0: it has. Go to [[alert:HealthCheckFailing]], and renew first.',
        minutes: 0.5,
      },
    ],
    causes: [
      {
        symptom: 'Attempts fail with "unauthorized" or "timeout"',
        cause: 'The challenge does not reach the host: firewall, redirect, another DNS record',
        check: '[[step:See why it was not renewed]]',
      },
      { symptom: 'No attempts', cause: 'The timer or container that renews is gone', check: '`systemctl list-timers`' },
      {
        symptom: 'Renewed on disk, old on the wire',
        cause: 'The server was not reloaded',
        check: '[[step:Reload what serves it]]',
      },
      {
        symptom: 'An intermediate expires, not yours',
        cause: 'An old chain file',
        check: '`openssl s_client -showcerts`',
      },
      { symptom: 'Bought for a year', cause: 'Nobody remembered', check: 'The owner in the mail of last year' },
    ],
    mitigation: [
      {
        language: 'sh',
        title: 'Renew it',
        note: 'A dry run first: attempts are limited to a few a week.',
        run: sh`sudo certbot renew --dry-run && sudo certbot renew`,
        expected: '"all simulated renewals succeeded", then the new end date.',
        ifNot: 'The same error as before: mend the way of the challenge.',
        minutes: 10,
      },
      {
        language: 'sh',
        title: 'Reload what serves it',
        run: sh`sudo systemctl reload nginx || docker compose restart caddy`,
        expected: 'No connection is dropped, and the new date is on the wire.',
        ifNot: 'The old date: another process holds the port.',
        minutes: 2,
      },
    ],
    recovered: [
      {
        language: 'sh',
        title: 'Look at the certificate once more',
        run: show,
        expected: 'The new end date.',
        ifNot: 'The old one: some load balancer in front has its own copy.',
        minutes: 1,
      },
      seeAlertGone('CertificateExpiresSoon'),
    ],
    escalate: ['Less than three days left and no way to renew: to whoever owns the domain.'],
    falsePositives: [
      'Certificates that live for a few days by design: take that address out of the probes, or watch its renewal instead.',
    ],
    silenceBy: ['environment', 'instance'],
    tuning: {
      knobs: false,
      advice: [
        'The number of days is in `src/objectives/meta-alert-knobs.ts`. Which addresses are probed is `url` and `probes` of the service.',
      ],
    },
    afterwards: ['Make the renewal automatic, with this alert as the net below it.'],
    runbooks: ['monitoring'],
  };
}
