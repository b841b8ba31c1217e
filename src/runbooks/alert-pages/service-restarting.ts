import type { Model } from '../../model/model.ts';
import { humanDuration } from '../../objectives/in-words.ts';
import { seeAlertGone, seeRunningVersions, seeWhatElseFires } from '../common-steps.ts';
import { heapShare, memoryGrowth, restarts, uptime } from '../queries/process.ts';
import { errorsByType } from '../queries/requests.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';

export function serviceRestarting(model: Model): AlertPage {
  const { threshold, window, keepFiringFor } = model.knobs.ServiceRestarting;
  return {
    alert: 'ServiceRestarting',
    meaning: `A process of the service started more than ${threshold} times within ${humanDuration(window)}: it dies and is started again.`,
    why: [
      `A deployment restarts a process once, a rollback once more: up to ${threshold} starts in ${humanDuration(window)} are ordinary.`,
      `It keeps firing for ${humanDuration(keepFiringFor)} after the last restart, so that a loop with pauses is one alert and not many.`,
      'It counts changes of the start time that the process itself reports, so it works on every platform.',
    ],
    impact:
      'Each restart drops the requests in flight and empties caches in memory. Users meet short errors, again and again.',
    judge: [
      'SEV2 if all instances restart: between two starts nobody serves. [[alert:ServiceDown]] or [[alert:HighErrorRate]] will follow.',
      'SEV3 if one of several does.',
    ],
    firstFiveMinutes: [
      {
        language: 'promql',
        title: 'See which instances restart',
        run: restarts(window),
        expected: `More than ${threshold} for one instance or for all.`,
        ifNot: 'All 0: it has stopped. Go to [[section:Confirm that it is over]], but find out why.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Read the last words before each restart',
        run: sh`service_logs 30m | grep -iE -B 15 'listening|started|ready' | tail -n 80`,
        note: 'The lines just above each start message are what the process said before it died. Use your own start message if it reads otherwise.',
        expected:
          'The same last lines each time: an uncaught exception, "JavaScript heap out of memory", a failed connection.',
        ifNot: 'It ends in the middle of ordinary work: killed from outside. Go to [[step:Find out who killed it]].',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Find out who killed it',
        run: sh`
          service_status
          sudo dmesg --ctime | grep -iE 'oom-kill|killed process' | tail -n 5
        `,
        expected:
          'Exit code 1 or 7: its own exception. 134: V8 ran out of heap. 137: killed, by the kernel for memory or by the platform. 143: asked to stop, by a deployment or a failing liveness probe.',
        ifNot:
          'No exit code: read the events of the platform (`docker events --since 30m --until 0s`, or `kubectl describe pod`).',
        minutes: 1,
      },
      seeRunningVersions,
      seeWhatElseFires,
    ],
    isItReal: [
      {
        language: 'promql',
        title: 'See how long each instance has run',
        run: uptime,
        expected: 'A few minutes at most for the instances that restart.',
        ifNot: 'Hours: the restarts are over, and the alert only keeps firing for its hold time.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See which errors nobody caught',
        run: errorsByType,
        expected: 'With `handled="false"`: the error that kills the process.',
        ifNot: 'None: it is killed from outside, or dies before it can count.',
        minutes: 0.5,
      },
    ],
    causes: [
      {
        symptom: 'Exit code 1, a stack trace',
        cause: 'Uncaught exception or unhandled rejection',
        check: '[[step:Read the last words before each restart]]',
      },
      {
        symptom: 'Exit code 134, "heap out of memory"',
        cause: 'Memory leak, or a heap limit too small',
        check: '[[step:See whether the heap fills up]]',
      },
      {
        symptom: 'Exit code 137',
        cause: 'Over the memory limit of the container, or the host',
        check: '[[alert:MemoryUsageHigh]]',
      },
      {
        symptom: 'Exit code 143, all a minute apart',
        cause: 'Liveness probe fails: event loop blocked',
        check: '[[alert:EventLoopLagHigh]]',
      },
      {
        symptom: 'Only the new version',
        cause: 'The release',
        check: '[[step:See which version runs, and since when]]',
      },
      {
        symptom: 'Dies at start each time',
        cause: 'Configuration, migration, or a dependency that is down',
        check: '[[alert:DatabaseConnectionLost]]',
      },
    ],
    mitigation: [
      {
        language: 'sh',
        title: 'Roll the release back',
        note: 'If only the new version restarts: [[runbook:rollback]].',
        run: sh`service_deploy "\${OLD_VERSION:?set it first: the version that ran before}"`,
        expected: 'The old version runs and stays up.',
        ifNot: 'It restarts too: go on.',
        minutes: 5,
      },
      {
        language: 'promql',
        title: 'See whether the heap fills up',
        run: heapShare,
        expected: 'Well below 0.8 and flat.',
        ifNot:
          'Climbs towards 1 before each restart: a leak. Restart by hand at quiet times to gain time, take a heap snapshot by [[runbook:troubleshooting#Performance debugging]], and raise `--max-old-space-size` only as far as the container allows.',
        minutes: 1,
      },
      {
        language: 'promql',
        title: 'See how fast memory grows',
        run: memoryGrowth,
        expected: 'Around 0 bytes an hour, up and down.',
        ifNot:
          'Positive for every instance, hour after hour: divide the room that is left by it, that is the time you have.',
        minutes: 1,
      },
      {
        language: 'none',
        title: 'Give the liveness probe more time',
        note: 'If the platform kills a process that is only slow: the probe must ask `/health`, never `/ready`, with a timeout of seconds.',
        expected: 'The restarts stop; the slowness stays, and has its own page: [[alert:EventLoopLagHigh]].',
        ifNot: 'They go on: the platform does not do the killing.',
        minutes: 5,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See the restarts end',
        run: restarts('15m'),
        expected: '0 for every instance, fifteen minutes after the mitigation.',
        ifNot: 'It counts on: the cause is still there.',
        minutes: 15,
      },
      seeAlertGone('ServiceRestarting'),
    ],
    escalate: [
      'All instances restart and a rollback does not help: at once.',
      'A leak without a known cause: to the team of the service, with the heap snapshot, by the next working day.',
    ],
    falsePositives: [
      'Several deployments in a quarter of an hour: nothing to do.',
      'A process manager that recycles workers on purpose (by age or memory): raise `threshold` above its rate.',
    ],
    silenceBy: ['service', 'environment'],
    tuning: {
      knobs: true,
      advice: ['`threshold` is restarts within `window`; a number below 2 would fire at every rollback.'],
    },
    afterwards: [
      'Every uncaught exception gets a ticket with its stack trace.',
      'Note exit code and last line in the incident: the next person compares.',
    ],
    runbooks: ['troubleshooting', 'rollback'],
  };
}
