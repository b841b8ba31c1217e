import { humanDuration } from '../../objectives/in-words.ts';
import { metaAlertKnobs } from '../../objectives/meta-alert-knobs.ts';
import { seeAlertGone } from '../common-steps.ts';
import { alertmanagerConfigLoaded, prometheusConfigLoaded } from '../queries/stack.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';
import { execIn } from '../terminal/stack-commands.ts';

export function configReloadFailed(): AlertPage {
  const { for: holds } = metaAlertKnobs.ConfigReloadFailed;
  const checks = sh`
    ${execIn('prometheus')} promtool check config /etc/prometheus/prometheus.yml
    ${execIn('alertmanager')} amtool check-config /etc/alertmanager/alertmanager.yml
  `;
  return {
    alert: 'ConfigReloadFailed',
    meaning: 'Prometheus or Alertmanager could not load its new configuration, and runs on with the old one.',
    why: [
      `${humanDuration(holds)} is time to notice a typing mistake and correct it.`,
      'Everything seems to work until the next restart: then it does not start at all.',
    ],
    impact: 'What was changed last (a rule, a target, a receiver) has no effect.',
    judge: ['SEV3. SEV2 if a restart of the host is planned: mend it before.'],
    firstFiveMinutes: [
      {
        language: 'promql',
        title: 'See whether it is Prometheus',
        run: prometheusConfigLoaded,
        expected: '0 if it is Prometheus.',
        ifNot: '1: it is Alertmanager.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether it is Alertmanager',
        run: alertmanagerConfigLoaded,
        expected: '0 if it is Alertmanager.',
        ifNot: '1 for both: it is over.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Check both configurations',
        run: checks,
        expected: 'FAILED, with file, line and reason.',
        ifNot: 'Twice SUCCESS: it was corrected and not reloaded. Go to [[step:Reload]].',
        minutes: 0.5,
      },
    ],
    isItReal: [
      {
        language: 'sh',
        title: 'Read the error in the log',
        run: sh`docker compose -f docker-compose.monitoring.yml logs --no-log-prefix --since 6h prometheus alertmanager | grep -iE 'error loading|loading configuration|reload' | tail -n 10`,
        expected: 'The same reason.',
        ifNot: 'Nothing: the log has been rotated away. Trust the check.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'See whether files were changed by hand',
        run: sh`npx telltale generate --check`,
        expected: 'No drift: the fault is in the config, or in telltale.',
        ifNot: 'A diff: somebody edited an emitted file. The diff is the fault.',
        minutes: 0.5,
      },
    ],
    causes: [
      {
        symptom: 'A diff',
        cause: 'An emitted file was edited by hand',
        check: '[[step:See whether files were changed by hand]]',
      },
      {
        symptom: '"no such file or directory"',
        cause: 'A secret or rule file is not mounted',
        check: '`ls -l monitoring/secrets/`',
      },
      {
        symptom: '"field ... not found in type"',
        cause: 'The image is older than the configuration',
        check: 'The tags in `docker-compose.monitoring.yml`',
      },
      { symptom: '"could not parse expression"', cause: 'A rule of your own', check: '`npx telltale check`' },
    ],
    mitigation: [
      {
        language: 'sh',
        title: 'Generate the files again',
        run: sh`npx telltale generate && npx telltale check`,
        expected: 'Files that were changed by hand are as they should be, and every check passes.',
        ifNot: 'A check fails: it names the field of the config.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Go back to the last configuration that worked',
        run: sh`
          git log --oneline -5 -- monitoring alerts telltale.config.ts
          git checkout "\${GOOD_COMMIT:?set it first: the commit before the change}" -- monitoring alerts telltale.config.ts
        `,
        expected: 'The old files are back; nothing is deleted, the change is still in git.',
        ifNot: 'Conflicts: stash your own changes first.',
        minutes: 2,
      },
      {
        language: 'sh',
        title: 'Reload',
        run: sh`docker compose -f docker-compose.monitoring.yml kill -s HUP prometheus alertmanager`,
        expected: 'No restart, no gap; "Completed loading of configuration file" in the log.',
        ifNot: 'The same error: check again.',
        minutes: 0.5,
      },
    ],
    recovered: [
      {
        language: 'sh',
        title: 'Check once more',
        run: checks,
        expected: 'Twice SUCCESS.',
        ifNot: 'FAILED: there is a second mistake, often below the first.',
        minutes: 0.5,
      },
      seeAlertGone('ConfigReloadFailed'),
    ],
    escalate: ['It cannot be mended before the host is restarted: to whoever operates the stack.'],
    falsePositives: ['None known.'],
    silenceBy: ['environment'],
    tuning: { knobs: false, advice: ['Nothing to tune. `npx telltale check` in CI keeps it from happening.'] },
    afterwards: ['Add `npx telltale generate --check` to CI, so that files edited by hand do not get that far.'],
    runbooks: ['monitoring'],
  };
}
