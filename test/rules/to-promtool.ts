/** Stories as the unit tests of promtool. */
import { yamlBody, type YamlValue } from '../../src/emit/yaml.ts';
import type { Alert } from '../../src/alerts/alert.ts';
import { fullLabels } from './alert-facts.ts';
import type { Labels, Step, Story, StoryClock } from './story.ts';

/** A test file of stories about one alert that tick alike. */
export function promtoolTest(
  alert: Alert,
  clock: StoryClock,
  stories: readonly Story[],
  ruleFiles: readonly string[],
): string {
  return yamlBody({
    rule_files: ruleFiles,
    evaluation_interval: clock,
    tests: stories.map((story) => ({
      name: `${story.alert} (${story.branch}) ${story.title}`,
      interval: clock,
      input_series: story.series.map(([series, values]) => ({ series, values })),
      promql_expr_test: story.steps.flatMap((step) => statesAt(story.alert, step)),
      alert_rule_test: story.steps.flatMap((step) => textsAt(alert, step)),
    })),
  });
}

/** Looking at ALERTS shows what fires by its labels, and what is pending. */
function statesAt(alert: string, { at, firing = [], pending }: Step): readonly YamlValue[] {
  const look = (state: 'firing' | 'pending', labels: readonly Labels[]): YamlValue => ({
    expr: `ALERTS{alertname="${alert}",alertstate="${state}"}`,
    eval_time: at,
    exp_samples: labels.map((own) => ({
      labels: seriesOf({ alertname: alert, alertstate: state, ...fullLabels(alert, own) }),
      value: 1,
    })),
  });
  return [look('firing', firing), ...(pending === undefined ? [] : [look('pending', pending)])];
}

function textsAt(alert: Alert, { at, firing = [], texts }: Step): readonly YamlValue[] {
  const [labels] = firing;
  if (texts === undefined || labels === undefined) return [];
  const { impact, action } = alert.annotations;
  const fill = (text: string): string =>
    text.replace(/\{\{ \$labels\.(\w+) \}\}/g, (_, name: string) => labels[name] ?? '');
  return [
    {
      eval_time: at,
      alertname: alert.name,
      exp_alerts: [
        {
          exp_labels: fullLabels(alert.name, labels),
          exp_annotations: {
            ...texts,
            impact: fill(impact),
            action: fill(action),
            runbook_url: `https://runbooks.example/${alert.name}`,
            dashboard_url: `https://grafana.example/?service=${labels['service'] ?? ''}`,
          },
        },
      ],
    },
  ];
}

function seriesOf(labels: Labels): string {
  return `ALERTS{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',')}}`;
}
