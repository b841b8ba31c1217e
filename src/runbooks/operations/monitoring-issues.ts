/** When the monitoring is the patient. */
import type { Model } from '../../model/model.ts';
import {
  blocksBytes,
  headSeries,
  labelOverflow,
  samplesPerSecond,
  seriesByInstance,
  spansDropped,
  spansExported,
} from '../queries/stack.ts';
import { diskFreeShare } from '../queries/process.ts';
import { requestRate } from '../queries/requests.ts';
import type { Procedure } from '../runbook.ts';
import { sh } from '../shell.ts';
import { execIn, promtoolQuery } from '../terminal/stack-commands.ts';

export function commonIssues(model: Model): Procedure {
  return {
    title: 'Common issues',
    before: [
      {
        kind: 'table',
        columns: ['Symptom', 'Most likely', 'Go to'],
        rows: [
          [
            'A panel says "no data"',
            'No traffic yet, a target down, or a variable that filters everything out',
            '[[step:See whether every target answers]], then [[step:Follow one number from its source]]',
          ],
          [
            'All panels are empty',
            'Prometheus is down, or the time range lies in the future',
            '[[step:See whether the stack is healthy]]',
          ],
          ['A target is down', 'Its process or the way to it', '[[alert:TargetDown]]'],
          [
            'Prometheus is slow or takes much memory',
            'Too many series',
            '[[step:See which metrics have the most series]]',
          ],
          [
            'The disk of the stack is full',
            'Retention, or too many series',
            '[[step:See how much disk Prometheus takes]]',
          ],
          [
            'No dots (exemplars) on latency panels',
            'No traces, or not the OpenMetrics format',
            '[[step:See whether exemplars arrive]]',
          ],
          ['Traces are missing', 'Sampling, or the collector is away', '[[step:See whether spans are lost]]'],
          [
            'An alert fires and nobody is told',
            'Inhibited, silenced, or no receiver',
            '[[section:Sending a test alert]]',
          ],
          [
            'A restart of the stack lost the history',
            'The volume was removed (`down -v`)',
            '[[section:Backup of the stack]]',
          ],
          [
            'A value differs from the log',
            'Rates are per second and extrapolated',
            'Multiply by the window; compare over an hour',
          ],
        ],
      },
    ],
    steps: [
      {
        language: 'sh',
        title: 'See whether the stack is healthy',
        run: sh`
            docker compose -f docker-compose.monitoring.yml ps --all
            curl -sS -m 5 "$PROMETHEUS_URL/-/ready"
            curl -sS -m 5 "$ALERTMANAGER_URL/-/ready"
            curl -sS -m 5 "$GRAFANA_URL/api/health"
          `,
        expected: 'All up and healthy; "Ready", "OK", "database": "ok".',
        ifNot: 'One is not: `docker compose -f docker-compose.monitoring.yml up -d`, then its log.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'See whether every target answers',
        run: sh`
            curl -sS -m 5 "$PROMETHEUS_URL/api/v1/targets?state=active" |
              jq -r '.data.activeTargets[] | select(.health != "up") | [.labels.job, .scrapeUrl, .lastError] | @tsv'
          `,
        expected: 'Nothing: all of them answer.',
        ifNot:
          'One line a target, with the error of its last scrape: [[alert:TargetDown]]. It cannot connect: see the step before.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Follow one number from its source',
        note: 'Does the service expose it? Does Prometheus have it? Then it is the panel: its variables and its time range.',
        run: sh`
            curl -sS -m 5 "$SERVICE_URL/metrics" | grep -E '^http_request_duration_seconds_count|^http_server_request_duration_seconds_count' | head -n 3
            ${promtoolQuery(requestRate)}
          `,
        expected: 'Lines from the service, and a rate from Prometheus.',
        ifNot:
          'Nothing from the service: the middleware is not mounted, or there was no request yet. Only from the service: [[alert:TargetDown]].',
        minutes: 1,
      },
      {
        language: 'promql',
        title: 'See how many series there are',
        run: headSeries,
        expected: 'As last week. One series takes 3 to 4 KB of memory.',
        ifNot: 'It grows: go on.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See who brings them',
        run: seriesByInstance,
        expected: 'All instances of a service about the same.',
        ifNot: 'One far above: it has seen values that the others have not: a label without bounds.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'See which metrics have the most series',
        run: sh`${execIn('prometheus')} promtool tsdb analyze --limit=10 /prometheus | head -n 60`,
        expected: 'Histograms at the top; "Highest cardinality labels" names nothing with ids.',
        ifNot: 'A label with thousands of values: find the metric, and close its list of values.',
        minutes: 2,
      },
      {
        language: 'promql',
        title: 'See which labels went over their bounds',
        run: labelOverflow,
        expected: '0.',
        ifNot:
          'The metric that is named records `overflow` for the rest: the bound protects you, the code needs a fix.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See how many samples arrive',
        run: samplesPerSecond,
        expected: 'Series divided by the scrape interval.',
        ifNot: 'Far fewer: scrapes are thrown away, [[alert:ScrapeSampleLimitExceeded]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See how much disk Prometheus takes',
        run: blocksBytes,
        expected: `Below ${model.stack.retentionSize}, its limit.`,
        ifNot:
          'Near it: the oldest samples go first, and budgets look back 30 days. Raise `stack.retentionSize`, or have fewer series.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See how much room the disk has',
        run: diskFreeShare,
        expected: `Above ${model.knobs.DiskSpaceLow.freeRatio}.`,
        ifNot: '[[alert:DiskSpaceLow]]',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'See whether exemplars arrive',
        needs: 'tracing',
        run: sh`
            curl -sS -m 5 -H 'Accept: application/openmetrics-text' "$SERVICE_URL/metrics" | grep -m 3 'trace_id'
            curl -sS -m 5 -G "$PROMETHEUS_URL/api/v1/query_exemplars" --data-urlencode 'query=http_request_duration_seconds_bucket' --data-urlencode "start=$(($(date +%s) - 900))" --data-urlencode "end=$(date +%s)" | head -c 400
          `,
        expected: 'Lines with `trace_id`, then a list of exemplars.',
        ifNot:
          'None from the service: tracing is off, or nothing was sampled. Only from the service: `--enable-feature=exemplar-storage` is missing.',
        minutes: 1,
      },
      {
        language: 'promql',
        title: 'See whether spans are lost',
        run: spansDropped,
        expected: '0.',
        ifNot:
          '`queue_full`: more spans than the exporter sends, lower the sampling. `export_failed`: the collector is away.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether spans are exported',
        run: spansExported,
        expected: 'Above 0 for services that trace.',
        ifNot: 'Nothing: the service does not load `telltale/register`.',
        minutes: 0.5,
      },
    ],
  };
}
