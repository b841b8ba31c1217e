import type { Model } from '../../model/model.ts';
import { humanDuration, humanSeconds } from '../../objectives/in-words.ts';
import { askHealthAndReady, seeAlertGone, seeRecentStarts, seeWhatElseFires } from '../common-steps.ts';
import { cpuCores, eventLoopBusy, eventLoopLagP99, gcShare, heapShare, worstLagOfTheHour } from '../queries/process.ts';
import { requestsByRoute } from '../queries/requests.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';

export function eventLoopLagHigh(model: Model): AlertPage {
  const { threshold, for: holds } = model.knobs.EventLoopLagHigh;
  const limit = humanSeconds(threshold);
  return {
    alert: 'EventLoopLagHigh',
    meaning: `An instance of the service is so busy computing that work waits more than ${limit} for its turn (99th percentile).`,
    why: [
      `Node runs JavaScript on one thread. Lag of ${limit} is added to everything that instance does, health checks included; on an idle process it is a few milliseconds.`,
      `It must hold for ${humanDuration(holds)}: one garbage collection or one large response does not count.`,
    ],
    impact:
      'Every request to that instance is slower by the lag. Above a second, health checks fail and the platform starts killing it.',
    judge: [
      'SEV2 if all instances lag: the service is about to be down.',
      'SEV3 if one does. Under half a second users hardly notice; over one they all do.',
    ],
    firstFiveMinutes: [
      {
        language: 'promql',
        title: 'See which instances lag',
        run: eventLoopLagP99,
        expected: `Seconds, over ${threshold} for one instance or for all.`,
        ifNot: 'All below: it is over. [[step:See the worst lag of the hour]] shows what it was.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See how busy the loop is',
        run: eventLoopBusy,
        expected: 'Near 1 (100 %): it computes all the time. Go on.',
        ifNot:
          'Well below 0.8 with a high lag: something blocks it in bursts (a large JSON, a synchronous call, a pause of the host). Go to [[step:Record a CPU profile]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether garbage collection does it',
        run: gcShare,
        expected: 'Below 0.1 (10 % of the time).',
        ifNot: 'Above: memory, not computation. Go to [[step:See whether the heap is full]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether the heap is full',
        run: heapShare,
        expected: 'Below 0.8 of the limit.',
        ifNot: 'Above 0.9: it will die soon. Restart that instance now, and go to [[alert:ServiceRestarting]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether one route is called far more than usual',
        run: requestsByRoute,
        expected: 'The mix of an ordinary day.',
        ifNot: 'One route stands out: limit it at the gateway, it is the cause or makes it worse.',
        minutes: 0.5,
      },
      seeRecentStarts,
      seeWhatElseFires,
    ],
    isItReal: [
      { ...askHealthAndReady, expected: 'Slow answers: the time grows with the lag, although `/health` does nothing.' },
      {
        language: 'promql',
        title: 'See the worst lag of the hour',
        run: worstLagOfTheHour,
        expected: 'Peaks that fit the time of the alert.',
        ifNot: 'One peak only: a single slow job. Find what ran at that minute in the log.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Read the log around the peak',
        run: sh`service_logs 15m | tail -n 60`,
        expected: 'A job, an import, a report or a large request that began just before.',
        ifNot:
          'Gaps of seconds between lines: in the gaps the loop was blocked; the line before each gap names the culprit.',
        minutes: 1,
      },
    ],
    causes: [
      {
        symptom: 'Busy near 1, many requests',
        cause: 'More load than one core can take',
        check: '[[step:See whether one route is called far more than usual]]',
      },
      { symptom: 'Busy near 1, usual load', cause: 'A new, slow computation', check: '[[step:Record a CPU profile]]' },
      {
        symptom: 'Busy low, lag in bursts',
        cause: 'A synchronous call: file, crypto, compression, large JSON, a catastrophic regular expression',
        check: '[[step:Record a CPU profile]]',
      },
      {
        symptom: 'Garbage collection over 10 %',
        cause: 'Leak, or a heap limit too small',
        check: '[[step:See whether the heap is full]]',
      },
      {
        symptom: 'CPU cores used below 1, lag high',
        cause: 'The host or the CPU limit throttles it',
        check: '[[step:See whether it gets its processor]]',
      },
    ],
    mitigation: [
      {
        language: 'sh',
        title: 'Record a CPU profile',
        note: 'Ten seconds, before any restart. Opening the inspector is safe: it listens on the loopback of the container only. More in [[runbook:troubleshooting#Performance debugging]].',
        run: sh`
          PID=$(service_pid)
          service_exec sh -c "kill -USR1 $PID"
          (sleep 2; echo profile; sleep 10; echo profileEnd; sleep 2; echo 'profiles[0].save("/tmp/busy.cpuprofile")'; sleep 2; echo .exit) |
            service_exec node inspect -p "$PID"
          service_exec cat /tmp/busy.cpuprofile > busy.cpuprofile && ls -l busy.cpuprofile
        `,
        expected:
          '"Saved profile", and a file of some hundred kilobytes. Open it in Chrome: DevTools, Performance, Load profile; the widest bar is the culprit.',
        ifNot: 'The commands hang: the loop is blocked for good. Restart the instance.',
        minutes: 2,
      },
      {
        language: 'sh',
        title: 'Add instances',
        note: 'If it is load, and the database has connections to spare: [[alert:DatabaseConnectionsHigh]].',
        run: sh`service_scale 4`,
        expected: 'Four instances, each less busy; the lag falls within two minutes.',
        ifNot: 'The lag stays on one instance: one request or job does it. Restart that instance.',
        minutes: 3,
      },
      {
        language: 'promql',
        title: 'See whether it gets its processor',
        run: cpuCores,
        expected: 'About 1 for an instance whose loop is busy.',
        ifNot:
          'Far below 1 with a busy loop: it is throttled. Raise its CPU limit, or move the neighbour that takes the host.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Restart the service',
        note: 'If the heap is full or the loop is blocked for good.',
        run: sh`service_restart`,
        expected: 'Lag of a few milliseconds within a minute.',
        ifNot:
          'It comes back within minutes: what blocks it arrives with the traffic. Roll the last release back: [[runbook:rollback]].',
        minutes: 2,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See the lag fall',
        run: eventLoopLagP99,
        expected: `Below ${threshold} s on every instance, some milliseconds when idle.`,
        ifNot: 'Still above: go on with the next mitigation.',
        minutes: 5,
      },
      seeAlertGone('EventLoopLagHigh'),
    ],
    escalate: [
      'All instances lag and neither scaling nor a rollback helps: at once, to the team of the service, with the profile.',
    ],
    falsePositives: [
      'A background job in the same process as the web server: real for users. Move it to a process of its own.',
      'A process without users (a worker): raise the threshold, or take it out of the services that are watched.',
    ],
    silenceBy: ['service', 'environment'],
    tuning: {
      knobs: true,
      advice: [
        '`threshold` is in seconds of the p99 that the process reports between two scrapes. Below 0.1 it fires at ordinary garbage collections.',
      ],
    },
    afterwards: [
      'Attach the profile to the ticket: without it nobody will find the place again.',
      'Move the computation to a worker thread or a job, or cut it into pieces.',
    ],
    runbooks: ['troubleshooting', 'rollback'],
  };
}
