import type { Model } from '../../model/model.ts';
import { toSeconds } from '../../objectives/duration.ts';
import { humanDuration } from '../../objectives/in-words.ts';
import { askHealthAndReady, seeAlertGone, seeWhatElseFires } from '../common-steps.ts';
import { uptime } from '../queries/process.ts';
import { requestRate } from '../queries/requests.ts';
import { targetsDown, targetsUpByJob } from '../queries/stack.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';
import { wgetFromPrometheus } from '../terminal/stack-commands.ts';

export function serviceDown(model: Model): AlertPage {
  const { for: holds } = model.knobs.ServiceDown;
  return {
    alert: 'ServiceDown',
    meaning: 'No instance of the service answers Prometheus, or Prometheus no longer knows any.',
    why: [
      `${humanDuration(holds)} is ${Math.round(toSeconds(holds) / toSeconds(model.timing.scrapeInterval))} scrapes: one lost scrape does not page, a process that does not come back does.`,
      'One instance of several being down is [[alert:TargetDown]], a warning; this rule needs all of them to be gone.',
      'It fires as well when the targets have vanished, because a target list that became empty looks like silence.',
    ],
    impact: 'The service is gone: every request to it fails.',
    judge: [
      'SEV1 unless the service has no users.',
      'First question: is the service down, or is only the monitoring cut off from it? [[step:Ask the service how it is]] tells in ten seconds.',
    ],
    firstFiveMinutes: [
      {
        ...askHealthAndReady,
        expected: 'Connection refused or a timeout: the service is down.',
        ifNot:
          'Twice 200: the service runs, Prometheus does not reach it. Go to [[step:Ask from where Prometheus asks]].',
      },
      {
        language: 'sh',
        title: 'See whether the processes run',
        run: sh`service_status`,
        expected: 'Exited, with an exit code, or nothing at all.',
        ifNot:
          'Running for hours: it hangs or is cut off. Go to [[step:Read the last words of the service]]. Restarting: go to [[alert:ServiceRestarting]].',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Read the last words of the service',
        run: sh`service_logs 30m | tail -n 80`,
        expected:
          'The reason in the last lines: an exception at start, a missing variable, out of memory, a port in use, no database.',
        ifNot:
          'It ends in the middle of ordinary work: killed from outside. Go to [[step:See whether the kernel killed it]].',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'See whether the kernel killed it',
        run: sh`
          sudo dmesg --ctime | grep -iE 'out of memory|oom-kill|killed process' | tail -n 5
          df -h / && free -m
        `,
        expected: 'No line about a killed process, space on the disk, memory available.',
        ifNot: 'A killed node process: go to [[alert:MemoryUsageHigh]]. Disk at 100 %: go to [[alert:DiskSpaceLow]].',
        minutes: 0.5,
      },
      seeWhatElseFires,
    ],
    isItReal: [
      {
        language: 'promql',
        title: 'See which targets are down',
        run: targetsDown,
        expected: 'All instances of your service, and no other.',
        ifNot:
          'Targets of every service: Prometheus lost its network, or the host is gone. Go to [[alert:TargetDown]].',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Ask from where Prometheus asks',
        run: wgetFromPrometheus(sh`"\${SERVICE_URL/localhost/host.docker.internal}/metrics" | head -n 5`),
        expected:
          'Five lines of metrics: the way is open. Look at the last error of the target on [[prometheus:/targets]].',
        ifNot:
          'Refused, while the same address answers on the host: the service listens on 127.0.0.1 only, or a firewall stands between.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See what Prometheus knows of the service',
        run: targetsUpByJob,
        expected: 'Your service with 0.',
        ifNot: 'Your service is missing: its target list is empty. See `monitoring/targets/` and telltale.config.ts.',
        minutes: 0.5,
      },
    ],
    causes: [
      {
        symptom: 'Exited right after a release',
        cause: 'The release does not start: configuration, migration, missing variable',
        check: '[[step:Read the last words of the service]]',
      },
      { symptom: 'Killed, exit code 137', cause: 'Out of memory', check: '[[step:See whether the kernel killed it]]' },
      { symptom: '`EADDRINUSE` in the log', cause: 'Two processes want one port', check: '`ss -ltnp`' },
      {
        symptom: '`ECONNREFUSED` in the log, then exit',
        cause: 'A dependency it insists on at start',
        check: '[[alert:DatabaseConnectionLost]]',
      },
      {
        symptom: 'Runs, but does not answer',
        cause: 'Event loop blocked for good, or a deadlock',
        check: '[[alert:EventLoopLagHigh]]',
      },
      {
        symptom: 'Everything on the host is gone',
        cause: 'The host',
        check: "Its console, and the provider's status page",
      },
    ],
    mitigation: [
      {
        language: 'sh',
        title: 'Start it again',
        note: 'Save the log first: it holds the reason.',
        run: sh`
          service_logs 1h > "$SERVICE-$(date -u +%Y%m%dT%H%MZ).log"
          service_restart
        `,
        expected: 'Up within a minute, and stays up for five.',
        ifNot: 'It dies again with the same last lines: go on.',
        minutes: 2,
      },
      {
        language: 'sh',
        title: 'Roll the release back',
        note: 'If it died with a release, or will not start: [[runbook:rollback]].',
        run: sh`service_deploy "\${OLD_VERSION:?set it first: the version that ran before}"`,
        expected: 'The old version starts and answers.',
        ifNot: 'It does not start either: the environment changed, not the code. Compare configuration and secrets.',
        minutes: 5,
      },
      {
        language: 'sh',
        title: 'Make room',
        note: 'If the disk is full or memory is short on its host.',
        run: sh`
          docker system df
          docker container prune --force --filter until=24h
          docker image prune --force
        `,
        destructive:
          'Stopped containers older than a day and images without a name are removed, with what was written inside those containers. Volumes stay.',
        expected: 'Gigabytes reclaimed; then start the service again.',
        ifNot: 'Nothing to reclaim: go to [[alert:DiskSpaceLow]].',
        minutes: 3,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See the instances come back',
        run: uptime,
        expected: 'All instances of the service, growing older: look twice, a minute apart.',
        ifNot: 'The numbers fall back to 0: it restarts in a loop. Go to [[alert:ServiceRestarting]].',
        minutes: 2,
      },
      {
        language: 'promql',
        title: 'See requests come back',
        run: requestRate,
        expected: 'As many a second as at this hour on another day.',
        ifNot: '0: the load balancer has not taken it back, or DNS points elsewhere.',
        minutes: 3,
      },
      seeAlertGone('ServiceDown'),
    ],
    escalate: [
      'At once if the service does not stay up after one restart and one rollback.',
      'At once if the host or the provider is gone: call whoever may move the service elsewhere.',
    ],
    falsePositives: [
      'The service is well and Prometheus is cut off from it: real for the monitoring, not for users. Mend it all the same, you are blind.',
      'The service was removed on purpose: take it out of telltale.config.ts and generate again.',
    ],
    silenceBy: ['service', 'environment'],
    tuning: {
      knobs: true,
      advice: ['`for` is the only constant; below two scrape intervals one lost scrape would page.'],
    },
    afterwards: [
      'A post-mortem if users noticed: [[runbook:incident-response#Post-mortem]].',
      'If one process was all there was: run two.',
    ],
    runbooks: ['incident-response', 'rollback', 'troubleshooting'],
  };
}
