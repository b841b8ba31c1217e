/** Steps that many pages begin with. A page overrides what it expects, as the next move differs. */
import { promtoolQuery, amtool } from './terminal/stack-commands.ts';
import { instancesByVersion } from './queries/requests.ts';
import { uptime } from './queries/process.ts';
import type { QueryStep, ShellStep } from './runbook.ts';
import { sh } from './shell.ts';

export const seeWhatElseFires: ShellStep = {
  language: 'sh',
  title: 'See what else fires for the service',
  run: amtool(sh`alert query --inhibited --active service="$SERVICE" environment="$ENVIRONMENT"`),
  expected: 'This alert, and perhaps others of the same service. An alert that mutes others names the cause.',
  ifNot:
    'Nothing at all is listed: the alert has resolved meanwhile. Go on with [[section:Is it real?]] and look at the last hour.',
  minutes: 0.5,
};

export const askHealthAndReady: ShellStep = {
  language: 'sh',
  title: 'Ask the service how it is',
  run: sh`
    curl -sS -m 5 -w '\n%{http_code} in %{time_total} s\n' "$HEALTH_URL"
    curl -sS -m 5 -w '\n%{http_code} in %{time_total} s\n' "$SERVICE_URL/ready"
  `,
  expected: 'Twice 200, each well under a second.',
  ifNot:
    'Connection refused or a timeout on the first: go to [[alert:ServiceDown]]. 503 on the second: its body names the check that fails; for `database` go to [[alert:DatabaseConnectionLost]].',
  minutes: 0.5,
};

export const seeRunningVersions: QueryStep = {
  language: 'promql',
  title: 'See which version runs, and since when',
  run: instancesByVersion,
  expected: 'One version on every instance, the one you expect.',
  ifNot:
    'Two versions: a deployment is under way, ask who runs it. A version that is newer than the fault: go to [[runbook:rollback]].',
  minutes: 0.5,
};

export const seeRecentStarts: ShellStep = {
  language: 'sh',
  title: 'See whether it was just deployed or restarted',
  run: sh`
    ${promtoolQuery(instancesByVersion)}
    ${promtoolQuery(uptime)}
  `,
  expected:
    'First the versions with the number of instances of each, then the seconds that each instance has run. One version, running since long before the fault.',
  ifNot:
    'The instances are younger than the fault and the version is new: the release did it, go to [[runbook:rollback]]. They are young but the version is old: they restart, go to [[alert:ServiceRestarting]].',
  minutes: 0.5,
};

export const readErrorLog: ShellStep = {
  language: 'sh',
  title: 'Read the errors in the log',
  run: sh`service_logs 15m | grep -iE '"level":(50|60|"error"|"fatal")|error|exception' | tail -n 40`,
  expected: 'One message that repeats. Note it, with a `trace_id` where the line has one.',
  ifNot:
    'No errors: the fault is before the service (load balancer, network), or the log level is too high. Many different ones: take the one that began first.',
  minutes: 1,
};

export const openFailingTraces: ShellStep = {
  language: 'sh',
  title: 'Open the traces of failed requests',
  needs: 'tracing',
  run: sh`echo "$JAEGER_URL/search?service=$SERVICE&lookback=1h&limit=20&tags=%7B%22error%22%3A%22true%22%7D"`,
  note: 'Open the printed link in a browser.',
  expected: 'A list of failed traces. In the first one, the deepest span marked as an error is where it went wrong.',
  ifNot:
    'No traces: the service does not trace, or too few requests are sampled. Use the log: [[runbook:troubleshooting#Error investigation]].',
  minutes: 1,
};

/** Alertmanager ends it by itself, after its resolve timeout. */
export const sendTestAlert: ShellStep = {
  language: 'sh',
  title: 'Send a test alert',
  note: 'It is marked as a test, goes where a page of this service goes, and ends by itself after five minutes.',
  run: amtool(
    sh`alert add alertname=TestAlert severity=critical service="$SERVICE" environment="$ENVIRONMENT" --annotation=summary=Test`,
  ),
  expected:
    'Nothing is printed. After the group wait the message is in the channel or on the telephone, and its links open.',
  ifNot: 'Nothing arrives: [[alert:AlertmanagerNotificationsFailing]].',
  minutes: 2,
};

/** The alert itself is gone; the closing step of every page. */
export function seeAlertGone(alert: string): ShellStep {
  return {
    language: 'sh',
    title: 'See that the alert is gone',
    run: amtool(sh`alert query alertname=${alert}`),
    expected:
      'Nothing is listed for your service. Prometheus resolves an alert at its next evaluation; Alertmanager tells the receivers at its next group interval.',
    ifNot:
      'It is still listed after five minutes: the mitigation did not reach the cause. Take the next one, or escalate.',
    minutes: 5,
  };
}
