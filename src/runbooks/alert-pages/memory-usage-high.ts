import { hasSource } from '../../model/sources.ts';
import type { Model } from '../../model/model.ts';
import { humanDuration, percent } from '../../objectives/in-words.ts';
import { seeAlertGone, seeRecentStarts } from '../common-steps.ts';
import { containerMemoryShare, heapShare, hostMemoryShare, memoryGrowth, residentMemory } from '../queries/process.ts';
import type { AlertPage, QueryStep } from '../runbook.ts';
import { sh } from '../shell.ts';

export function memoryUsageHigh(model: Model): AlertPage {
  const { threshold, for: holds } = model.knobs.MemoryUsageHigh;
  const withHosts = hasSource(model, 'node-exporter');
  const withContainers = hasSource(model, 'cadvisor');
  const shares: readonly QueryStep[] = [
    ...(withHosts ? [seeHosts(threshold)] : []),
    ...(withContainers ? [seeContainers(threshold)] : []),
  ];
  return {
    alert: 'MemoryUsageHigh',
    meaning: `More than ${percent(threshold)} of the memory of ${withContainers ? 'a host or a container' : 'a host'} is in use.`,
    why: [
      `Above ${percent(threshold)} one peak is enough for the kernel to kill a process, and it takes the largest: the database or the service.`,
      'Of a host it counts what programs can no longer get; caches that the kernel would give back are not in it. Containers without a limit are left out.',
      `It must hold for ${humanDuration(holds)}.`,
    ],
    impact: 'None yet. When it runs out, a process is killed at once, without a goodbye.',
    judge: [
      'SEV2 if it grows by the minute: [[step:See how fast memory grows]] tells how long you have.',
      'SEV3 if it is high and flat.',
    ],
    firstFiveMinutes: [
      ...shares,
      {
        language: 'promql',
        title: 'See which process is the largest',
        run: residentMemory,
        expected: 'Bytes by instance; a Node service has some hundred megabytes.',
        ifNot: 'None is large: it is something without metrics. Go to [[step:See who has it]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See how fast memory grows',
        run: memoryGrowth,
        expected: 'Around 0 bytes in the last hour.',
        ifNot:
          'Hundreds of megabytes: a leak, or a job that loads everything. What is free divided by it is the time you have, in hours.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'See who has it',
        run: sh`
          free -m
          ps -eo pid,rss,etime,args --sort=-rss | cut -c 1-120 | head -n 12
          docker stats --no-stream --format 'table {{.Name}}\t{{.MemUsage}}\t{{.MemPerc}}'
        `,
        note: 'On the host that the label `instance` names.',
        expected: 'One process or container has most of it.',
        ifNot: 'Many small ones: too much runs on that host.',
        minutes: 1,
      },
      seeRecentStarts,
    ],
    isItReal: [
      {
        language: 'sh',
        title: 'See whether something was killed already',
        run: sh`sudo dmesg --ctime | grep -iE 'out of memory|oom-kill|killed process' | tail -n 5`,
        expected: 'Nothing.',
        ifNot:
          'A killed process: it has happened. See that it is back: [[alert:ServiceDown]], [[alert:DatabaseConnectionLost]].',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Read what the service says',
        run: sh`service_logs 1h | grep -iE 'heap|memory|ENOMEM|allocation' | tail -n 20`,
        expected: 'Nothing.',
        ifNot: '"heap out of memory": the heap limit, not the host, was reached. Go to [[alert:ServiceRestarting]].',
        minutes: 0.5,
      },
    ],
    causes: [
      {
        symptom: 'One Node process grows hour after hour',
        cause: 'A leak',
        check: '[[step:See how fast memory grows]]',
      },
      {
        symptom: 'Jumped at a release',
        cause: 'The release',
        check: '[[step:See whether it was just deployed or restarted]]',
      },
      { symptom: 'Jumped when instances were added', cause: 'Too many for the host', check: '[[step:See who has it]]' },
      {
        symptom: 'PostgreSQL is the largest',
        cause: '`work_mem` times many queries, or many connections',
        check: '[[alert:DatabaseConnectionsHigh]]',
      },
      { symptom: 'Prometheus is the largest', cause: 'Too many series', check: '[[runbook:monitoring#Common issues]]' },
      {
        symptom: 'A batch job is the largest',
        cause: 'It loads everything at once',
        check: 'Stop it, and let it read in pieces',
      },
    ],
    mitigation: [
      {
        language: 'promql',
        title: 'See whether the heap is the reason',
        run: heapShare,
        expected: 'Flat: memory outside the heap, such as buffers. Otherwise near 1: the heap itself.',
        ifNot: 'Nothing is listed: the process does not report; judge by `ps`.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Restart the process that leaks',
        note: 'At once if it would be killed anyway: a planned restart drops nothing. If there is time, take a heap snapshot first: [[runbook:troubleshooting#Performance debugging]].',
        run: sh`service_restart`,
        expected: 'Memory falls by what it had grown.',
        ifNot: 'It is as large again at once: that is its size. Move it, or give the host more.',
        minutes: 2,
      },
      {
        language: 'sh',
        title: 'Take instances away',
        note: 'If too many run on one host.',
        run: sh`service_scale 2`,
        expected: 'Two instances are left, and memory falls.',
        ifNot: 'The rest cannot serve the load: scale up again, on another host.',
        minutes: 2,
      },
    ],
    recovered: [
      ...(withHosts ? [{ ...seeHosts(threshold), title: 'See the share fall' }] : []),
      seeAlertGone('MemoryUsageHigh'),
    ],
    escalate: [
      'It grows and the process must not be restarted (a database, a migration): to its owner, with the time that is left.',
    ],
    falsePositives: [
      'A database server that is configured to use nearly all: raise the threshold for a host of its own, or leave more to the kernel.',
      'A container whose cache counts as its working set: see whether it falls under pressure.',
    ],
    silenceBy: ['environment', 'instance'],
    tuning: { knobs: true, advice: ['`threshold` is a share (0-1), for hosts and containers alike.'] },
    afterwards: [
      'A leak gets a ticket with two heap snapshots, an hour apart.',
      'Set a memory limit on what had none, so that it alone is killed next time.',
    ],
    runbooks: ['troubleshooting', 'database-operations'],
  };
}

function seeHosts(threshold: number): QueryStep {
  return {
    language: 'promql',
    title: 'See which host is full',
    run: hostMemoryShare,
    expected: `A host over ${threshold}, if the alert has no label \`name\`.`,
    ifNot: 'All below: it is over.',
    minutes: 0.5,
  };
}

function seeContainers(threshold: number): QueryStep {
  return {
    language: 'promql',
    title: 'See which container is full',
    run: containerMemoryShare,
    expected: `A container over ${threshold} of its limit, if the alert has a label \`name\`.`,
    ifNot: 'All below: it is over, or it was killed and starts anew.',
    minutes: 0.5,
  };
}
