/** From an alert to a line, by way of a trace where there are some. */
import { hasSource } from '../../model/sources.ts';
import type { Model } from '../../model/model.ts';
import {
  dependencyErrorRatio,
  errorRatioByInstance,
  errorsByRoute,
  errorsByType,
  instancesByVersion,
} from '../queries/requests.ts';
import { readErrorLog } from '../common-steps.ts';
import type { Procedure, Step } from '../runbook.ts';
import { sh } from '../shell.ts';

export function logAnalysis(model: Model): Procedure {
  const traced = hasSource(model, 'tracing');
  return {
    title: 'Log analysis',
    before: [
      {
        kind: 'text',
        text: `One line is one event, as JSON${traced ? ', with `trace_id` where a request was traced. So a line leads to its trace, and a trace to all lines of that request, in every service' : ''}.`,
      },
      {
        kind: 'table',
        columns: ['I want', 'With `docker compose logs` and `jq`', 'With LogQL, where the logs profile is on'],
        rows: [
          [
            'Errors',
            '`service_logs 1h \\| jq -Rc "fromjson? \\| select(.level >= 50)"`',
            '`{service="api"} \\| json \\| level >= 50`',
          ],
          ...(traced ? [oneRequest] : []),
          [
            'The most frequent message',
            '`... \\| jq -r .msg \\| sort \\| uniq -c \\| sort -rn`',
            '`topk(10, sum by (msg) (count_over_time({service="api"} \\| json [1h])))`',
          ],
        ],
      },
    ],
    steps: [
      {
        language: 'sh',
        title: 'Count messages',
        note: 'The picture before the detail: what is said most, and what is new?',
        run: sh`service_logs 1h | jq -Rr 'fromjson? | select(.level >= 40 or .level == "error" or .level == "warn") | .msg' | sort | uniq -c | sort -rn | head -n 20`,
        expected: 'A handful of messages; the first is the one to look at.',
        ifNot: 'Nothing: the log is not JSON. Use `grep -iE "error|warn"` in the place of `jq`.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'See when a message began',
        run: sh`service_logs 24h | grep -F "\${MESSAGE:?set it first: a part of the message}" | jq -Rr 'fromjson? | .time | tostring | .[0:10]' | sort | uniq -c | head -n 5`,
        expected:
          'The first ten digits of the time (seconds since 1970), with a count. `date -d @` and the number shows it.',
        ifNot: 'It was there all day: it is not the cause.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Collect a trace id',
        needs: 'tracing',
        run: sh`TRACE_ID=$(service_logs 1h | grep -F "$MESSAGE" | grep -oE '"trace_id":"[0-9a-f]{32}"' | tail -n 1 | cut -d '"' -f 4); echo "$TRACE_ID"`,
        expected: '32 hexadecimal digits.',
        ifNot: 'Empty: the line was written outside of a request, or the mixin (`traceMixin()`) is missing.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Read everything that happened in that request',
        needs: 'tracing',
        run: sh`
          service_logs 1h | grep -F "$TRACE_ID"
          echo "$JAEGER_URL/trace/$TRACE_ID"
        `,
        expected:
          'The lines in order, and a link to the trace. Set `SERVICE` to another service and repeat: the id is the same there.',
        ifNot: 'Jaeger does not know it: it was not sampled, or is older than Jaeger keeps.',
        minutes: 1,
      },
    ],
  };
}

const oneRequest = [
  'One request',
  '`service_logs 1h \\| grep "$TRACE_ID"`',
  '`{environment="production"} \\| json \\| trace_id = "..."`',
];

export function errorInvestigation(model: Model): Procedure {
  const traced = hasSource(model, 'tracing');
  return {
    title: 'Error investigation',
    before: [
      {
        kind: 'text',
        text: `Alert, route, error, ${traced ? 'trace' : 'log'}, line: each step makes the area smaller.`,
      },
    ],
    steps: [
      {
        language: 'promql',
        title: 'Find the route',
        run: errorsByRoute,
        expected: 'Route, method and status code.',
        ifNot: 'None: look at [[section:Log analysis]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Find the kind of error',
        run: errorsByType,
        expected: 'Class or code of the error. `handled="false"`: nobody caught it.',
        ifNot: 'Empty: the application does not use `errorMetrics()`.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Is it one instance',
        run: errorRatioByInstance,
        expected: 'All alike.',
        ifNot: 'One: its host, its memory, its version. Restart it, keep its log.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Is it a dependency',
        run: dependencyErrorRatio,
        expected: 'Near 0 for all.',
        ifNot: 'One: its status page, its owner.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Is it a version',
        run: instancesByVersion,
        expected: 'The one from before the errors.',
        ifNot: 'New: [[runbook:rollback]], then go on looking in peace.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Find failed traces of the route',
        needs: 'tracing',
        note: 'Set `ROUTE` as the metrics say it, for example `GET /api/courses/:id`.',
        run: sh`
          curl -sS -m 10 -G "$JAEGER_URL/api/traces" --data-urlencode "service=$SERVICE" --data-urlencode "operation=\${ROUTE:?set it first: method and route}" --data-urlencode 'tags={"error":"true"}' --data-urlencode 'lookback=1h' --data-urlencode 'limit=5' |
            jq -r '.data[].traceID' | sed "s#^#$JAEGER_URL/trace/#"
        `,
        expected: 'Up to five links.',
        ifNot: 'None: few requests are sampled. Take an id from the log.',
        minutes: 1,
      },
      {
        language: 'none',
        title: 'Read the trace from the bottom',
        needs: 'tracing',
        note: 'Open one. The deepest span with an error is where it went wrong; its event `exception` holds message and stack. Compare with a trace that succeeded: which span is missing, or new?',
        expected: 'A file and a line, or a statement, or a dependency.',
        ifNot:
          'The server span has the error and no child: it is in the code of the service itself. The stack is in the log line of the same trace id.',
        minutes: 5,
      },
      ...(traced ? [] : [readErrorLog]),
      {
        language: 'sh',
        title: 'See who changed that line',
        note: 'In the repository of the service. The stack of the error names the file and the line.',
        run: sh`git log -5 --date=short --format='%cd %h %an: %s' -L "\${LINES:?set it first: from,to}:\${FILE:?set it first: the file of the stack}" | head -n 60`,
        expected: 'The change, and who can explain it.',
        ifNot: 'Old code: the data or its caller is new.',
        minutes: 2,
      },
      makeItHappenAgain(traced),
    ],
  };
}

function makeItHappenAgain(traced: boolean): Step {
  const frame = {
    language: 'sh',
    title: 'Make it happen again',
    expected: 'The same failure: now it can be mended, and tested.',
    minutes: 5,
  } as const;
  const path = sh`"$SERVICE_URL\${TRY_PATH:?set it first: path and query}" | head -n 20`;
  return traced
    ? {
        ...frame,
        note: 'In a test environment, with the input of the trace. The header marks the trace so that you find it.',
        run: sh`curl -sS -i -m 10 -H "traceparent: 00-$(openssl rand -hex 16)-$(openssl rand -hex 8)-01" ${path}`,
        ifNot: 'It succeeds: it depends on data, load or order. Compare the attributes of the trace.',
      }
    : {
        ...frame,
        note: 'In a test environment, with the input of a request that failed.',
        run: sh`curl -sS -i -m 10 ${path}`,
        ifNot: 'It succeeds: it depends on data, load or order. Compare with the lines of a request that failed.',
      };
}
