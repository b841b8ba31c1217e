import { humanDuration } from '../../objectives/in-words.ts';
import { metaAlertKnobs } from '../../objectives/meta-alert-knobs.ts';
import { seeAlertGone } from '../common-steps.ts';
import { prometheusConfigLoaded, ruleFailures } from '../queries/stack.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';
import { execIn } from '../terminal/stack-commands.ts';

export function prometheusRuleFailures(): AlertPage {
  const { for: holds } = metaAlertKnobs.PrometheusRuleFailures;
  return {
    alert: 'PrometheusRuleFailures',
    meaning: 'Prometheus cannot evaluate a rule: the alerts of that group may be blind.',
    why: [
      `A rule that fails once may have met a restart; ${humanDuration(holds)} of it is a rule that never works.`,
      'It is critical because what is blind is alerting itself.',
    ],
    impact: 'None for users by itself. But what they suffer now, nobody is told.',
    judge: [
      'SEV2 if a group with critical alerts fails. SEV3 if it is a group of recording rules that only panels use.',
      'Until it is mended, look at [[dashboard:telltale-api]] with your own eyes.',
    ],
    firstFiveMinutes: [
      {
        language: 'promql',
        title: 'See which group fails',
        run: ruleFailures,
        expected: 'Above 0 for one group; its name says the file.',
        ifNot: '0 everywhere: it is over. See [[section:Confirm that it is over]].',
        minutes: 0.5,
      },
      {
        language: 'none',
        title: 'Read the error beside the rule',
        note: 'On [[prometheus:/rules]], the rule with the red state.',
        expected: 'One of the errors in [[section:Likely causes]], with the rule that fails.',
        ifNot: 'All rules are green: it failed and works again.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Read it in the log',
        run: sh`docker compose -f docker-compose.monitoring.yml logs --no-log-prefix --since 15m prometheus | grep -i 'rule' | tail -n 20`,
        expected: 'The same error, with the expression.',
        ifNot: 'Nothing: look further back with `--since 6h`.',
        minutes: 0.5,
      },
    ],
    isItReal: [
      {
        language: 'sh',
        title: 'Check the rules as they are on disk',
        run: sh`${execIn('prometheus')} promtool check config /etc/prometheus/prometheus.yml`,
        expected: 'SUCCESS for every rule file: the rules are well formed, the data is not what they expect.',
        ifNot: 'FAILED: the file is broken. Go to [[step:Go back to the last rules that worked]].',
        minutes: 0.5,
      },
    ],
    causes: [
      {
        symptom: '"many-to-many matching not allowed", "found duplicate series"',
        cause: 'Two series where one was expected: a service scraped twice, or two with the same labels',
        check: '[[prometheus:/targets]]: is one instance there twice?',
      },
      {
        symptom: '"query timed out", "too many samples"',
        cause: 'Too many series for the rule',
        check: '[[runbook:monitoring#Common issues]]',
      },
      {
        symptom: '"vector contains metrics with the same labelset"',
        cause: 'Two rules record the same series',
        check: 'The same rule file loaded twice',
      },
      { symptom: '"parse error"', cause: 'A rule was edited by hand', check: '`npx telltale generate --check`' },
    ],
    mitigation: [
      {
        language: 'sh',
        title: 'Go back to the last rules that worked',
        note: 'If it began with a change of the rules.',
        run: sh`
          git log --oneline -5 -- alerts monitoring
          git checkout "\${GOOD_COMMIT:?set it first: the commit before the change}" -- alerts monitoring
          ${execIn('prometheus')} promtool check config /etc/prometheus/prometheus.yml
          docker compose -f docker-compose.monitoring.yml kill -s HUP prometheus
        `,
        expected: 'SUCCESS, and the failures stop at the next evaluation.',
        ifNot: 'They go on: it is the data. Go to [[step:Remove the second copy of the target]].',
        minutes: 5,
      },
      {
        language: 'none',
        title: 'Remove the second copy of the target',
        note: 'If one instance is scraped twice (two jobs, or two Prometheus that write to one store without a label that tells them apart).',
        expected: 'One target an instance, and the rule works.',
        ifNot: 'There is only one: compare the labels of the two series that the error names.',
        minutes: 10,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See the failures end',
        run: ruleFailures,
        expected: '0 for every group after fifteen minutes.',
        ifNot: 'Above 0: read the error again, it may be another rule.',
        minutes: 15,
      },
      {
        language: 'promql',
        title: 'See that the configuration is loaded',
        run: prometheusConfigLoaded,
        expected: '1.',
        ifNot: '0: [[alert:ConfigReloadFailed]].',
        minutes: 0.5,
      },
      seeAlertGone('PrometheusRuleFailures'),
    ],
    escalate: ['A group with critical alerts is blind for 30 minutes: tell the owners of the services.'],
    falsePositives: ['None known: a rule that fails is broken, even if nobody misses it.'],
    silenceBy: ['environment'],
    tuning: { knobs: false, advice: ['Nothing to tune. Mend or remove the rule.'] },
    afterwards: ['Add a story for the case to the rule tests, so that it fails before it is deployed.'],
    runbooks: ['monitoring'],
  };
}
