import { sendTestAlert } from '../common-steps.ts';
import { firing, receiverAttempts } from '../queries/stack.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';
import { amtool } from '../terminal/stack-commands.ts';

export function nobodyIsPaged(): AlertPage {
  return {
    alert: 'NobodyIsPaged',
    meaning: 'No receiver is configured: alerts are shown on the dashboards, and nobody is told.',
    why: [
      'The stack starts without receivers, so that the first `up` works on any machine. This alert is the reminder that it is not finished.',
      'It is emitted only while `receivers` of telltale.config.ts is empty.',
    ],
    impact: 'Whatever happens at night is found in the morning.',
    judge: ['On a laptop: nothing to do. In production: SEV3 today, as nobody will be called.'],
    firstFiveMinutes: [
      {
        language: 'promql',
        title: 'See what fires unheard',
        run: firing,
        expected: 'Only this alert.',
        ifNot: 'Others fire: open their pages, nobody else will.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'See where alerts would go',
        run: amtool(sh`config routes test severity=critical service="$SERVICE" environment="$ENVIRONMENT"`),
        expected: 'The receiver that notifies nobody.',
        ifNot:
          'A receiver of yours: the configuration on disk is newer than the rules. Run `npx telltale generate` and reload.',
        minutes: 0.5,
      },
    ],
    isItReal: [
      {
        language: 'promql',
        title: 'See whether anything is sent',
        run: receiverAttempts,
        expected: 'Nothing, or 0 everywhere.',
        ifNot: 'Above 0: somebody is told by a receiver that was added by hand. Move it into the config.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Read what would have been sent',
        run: sh`docker compose -f docker-compose.monitoring.yml logs --no-log-prefix --since 1h alertmanager | tail -n 20`,
        expected: 'The notifications of the last hour.',
        ifNot: 'Nothing: nothing fired.',
        minutes: 0.5,
      },
    ],
    causes: [
      { symptom: 'New stack', cause: 'Nobody has configured it yet', check: '`receivers` in telltale.config.ts' },
      {
        symptom: 'It worked before',
        cause: 'The receivers were lost in a change of the config',
        check: '`git log -p -- telltale.config.ts`',
      },
    ],
    mitigation: [
      {
        language: 'none',
        title: 'Add a receiver',
        note: "In telltale.config.ts: `receivers: [{ name: 'on-call', kind: 'slack', severities: ['critical', 'warning'], secretFile: 'slack-url', settings: { channel: '#alerts' } }]`. Put the secret into that file in `monitoring/secrets/`, never into the config.",
        expected: '`npx telltale check` finds nothing wrong.',
        ifNot: 'It names the field to correct.',
        minutes: 10,
      },
      {
        language: 'sh',
        title: 'Put it in force',
        run: sh`
          npx telltale generate
          docker compose -f docker-compose.monitoring.yml up -d
          docker compose -f docker-compose.monitoring.yml kill -s HUP prometheus alertmanager
        `,
        expected: 'The files change, the containers stay up.',
        ifNot: 'Alertmanager restarts again and again: [[alert:ConfigReloadFailed]].',
        minutes: 2,
      },
    ],
    recovered: [sendTestAlert],
    escalate: ['In production without a receiver for a day: to whoever answers for the services.'],
    falsePositives: ['A stack for trying things out: silence it for good, or leave it: it disturbs nobody.'],
    silenceBy: ['environment'],
    tuning: { knobs: false, advice: ['It disappears with the first receiver.'] },
    afterwards: [
      'Write into [[runbook:incident-response]], by `runbookSections` of the config, who is called and how.',
    ],
    runbooks: ['monitoring', 'incident-response'],
  };
}
