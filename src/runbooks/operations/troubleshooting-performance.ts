/** Where the time and the memory go. */
import { hasSource } from '../../model/sources.ts';
import type { Model } from '../../model/model.ts';
import {
  cacheErrors,
  cacheHitShare,
  poolShare,
  poolWaiting,
  queryQuantile,
  redisEvictions,
} from '../queries/datastores.ts';
import { eventLoopBusy, eventLoopLagP99, gcShare, heapShare, hostCpuCores, openFileShare } from '../queries/process.ts';
import { dependencyP95 } from '../queries/requests.ts';
import type { Procedure } from '../runbook.ts';
import { sh } from '../shell.ts';

export function performanceDebugging(model: Model): Procedure {
  const { EventLoopLagHigh, DatabaseConnectionsHigh, DatabaseQueriesSlow } = model.knobs;
  const silent = hasSource(model, 'tracing') ? 'a trace: the gap between two spans' : 'its log, and who holds the lock';
  return {
    title: 'Performance debugging',
    before: [
      {
        kind: 'text',
        text: 'A request is slow because it computes, because it waits for its turn, or because it waits for somebody else. The first queries tell which.',
      },
      {
        kind: 'table',
        columns: ['Loop busy', 'Pool waits', 'Dependency slow', 'So it', 'Go to'],
        rows: [
          ['yes', '', '', 'computes', '[[step:Open the inspector]], then the CPU profile'],
          ['no', 'yes', '', 'waits for a connection', '[[alert:DatabaseConnectionsHigh]]'],
          ['no', 'no', 'yes', 'waits for somebody else', 'the owner of the dependency'],
          ['no', 'no', 'no', 'waits for a lock, a file or a timer of its own', silent],
        ],
      },
    ],
    steps: [
      {
        language: 'promql',
        title: 'See which instance lags',
        run: eventLoopLagP99,
        expected: `Below ${EventLoopLagHigh.threshold} s.`,
        ifNot: '[[alert:EventLoopLagHigh]]',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See which loop is busy',
        run: eventLoopBusy,
        expected: 'Below 0.8.',
        ifNot: 'Near 1: a CPU profile, below.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See which instance fills its heap',
        run: heapShare,
        expected: 'Below 0.8 and flat over a day.',
        ifNot: 'A heap snapshot, below, twice.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See how much time goes into garbage collection',
        run: gcShare,
        expected: 'Below 0.05.',
        ifNot: 'Above 0.1: too little heap, or too much garbage: the CPU profile shows who makes it.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether files or sockets run out',
        run: openFileShare,
        expected: 'Below 0.5.',
        ifNot: 'Near 1: sockets are not closed. Which? `service_exec ls -l /proc/self/fd` of the process.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether the host is busy',
        run: hostCpuCores,
        expected: 'Fewer cores than the host has.',
        ifNot: 'All of them: who else runs there?',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether the pool is full',
        run: poolShare,
        expected: `Below ${DatabaseConnectionsHigh.threshold}.`,
        ifNot: '[[alert:DatabaseConnectionsHigh]]',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether requests wait for a connection',
        run: poolWaiting,
        expected: '0.',
        ifNot: '[[alert:DatabaseConnectionsHigh]]',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See how long queries take',
        run: queryQuantile(DatabaseQueriesSlow.quantile),
        expected: `Below ${DatabaseQueriesSlow.threshold} s.`,
        ifNot: '[[alert:DatabaseQueriesSlow]], [[runbook:database-operations#Performance tuning]]',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See how long dependencies take',
        run: dependencyP95,
        expected: 'As on other days.',
        ifNot: 'Their owner. A timeout and a fallback in the service.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether caches hit',
        run: cacheHitShare,
        expected: 'The usual share.',
        ifNot: 'Fallen: emptied by a release, keys changed, or evictions. Every miss is a query more.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether caches fail',
        run: cacheErrors,
        expected: '0.',
        ifNot: 'Above: [[alert:DatabaseConnectionLost]] for Redis.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether Redis throws keys away',
        run: redisEvictions,
        expected: '0.',
        ifNot: 'It is too small, or keys live too long.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Open the inspector',
        note: 'Signal USR1 opens it on the loopback of the container, without a restart; nobody outside can reach it. It costs nothing until somebody asks for something.',
        run: sh`
            PID=$(service_pid)
            service_exec sh -c "kill -USR1 $PID"
            sleep 1 && service_logs 1m | grep -m 1 'Debugger listening'
          `,
        expected: '"Debugger listening on ws://127.0.0.1:9229/".',
        ifNot: 'Nothing: the process handles SIGUSR1 itself, or was started with `--disable-sigusr1`.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Record a CPU profile of ten seconds',
        note: 'A few per cent slower meanwhile.',
        run: sh`
            (sleep 2; echo profile; sleep 10; echo profileEnd; sleep 2; echo 'profiles[0].save("/tmp/slow.cpuprofile")'; sleep 2; echo .exit) |
              service_exec node inspect -p "$PID"
            service_exec cat /tmp/slow.cpuprofile > slow.cpuprofile && ls -l slow.cpuprofile
          `,
        expected:
          '"Saved profile", and a file. Open it in Chrome (DevTools, Performance, Load profile) or drop it on https://www.speedscope.app, which keeps it in the browser. Wide bars are where the time goes.',
        ifNot:
          'It hangs: the loop is blocked for good; that itself is the finding. `service_exec cat /proc/$PID/wchan` tells whether it waits in the kernel.',
        minutes: 2,
      },
      {
        language: 'sh',
        title: 'Take a heap snapshot',
        note: 'The process stands still for seconds, and needs as much memory again as its heap: its requests wait meanwhile and may time out. Take the instance out of the load balancer first, and do not do it to one that is near its limit. The file holds the data of users.',
        run: sh`
            (sleep 2; echo 'takeHeapSnapshot("/tmp/leak.heapsnapshot")'; sleep 60; echo .exit) | service_exec node inspect -p "$PID" | tail -n 3
            service_exec cat /tmp/leak.heapsnapshot > leak-1.heapsnapshot && ls -l leak-1.heapsnapshot
          `,
        expected:
          '"Wrote snapshot", and a file of the size of the heap. Take a second one an hour later; in Chrome (DevTools, Memory, Load), "Comparison" shows what has grown, and "Retainers" who holds it.',
        ifNot:
          'The process was killed: too little memory. Start an instance with `--heapsnapshot-near-heap-limit=1` instead.',
        minutes: 5,
      },
      {
        language: 'sh',
        title: 'Look at the slowest statements',
        run: sh`psql "$DATABASE_URL" -c "select round(mean_exec_time::numeric, 1) as mean_ms, calls, left(query, 100) as query from pg_stat_statements where calls > 50 order by mean_exec_time desc limit 10"`,
        expected: 'Statements with their mean time.',
        ifNot: '"does not exist": [[runbook:database-operations#Performance tuning]] says how to switch it on.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Look at the slowest traces',
        needs: 'tracing',
        run: sh`
            curl -sS -m 10 -G "$JAEGER_URL/api/traces" --data-urlencode "service=$SERVICE" --data-urlencode 'minDuration=500ms' --data-urlencode 'lookback=1h' --data-urlencode 'limit=10' |
              jq -r '.data[] | [([.spans[].duration] | max / 1000), .traceID] | @tsv' | sort -rn | sed "s#\t#\t$JAEGER_URL/trace/#"
          `,
        expected:
          'Milliseconds and links, the slowest first. Many small spans one after the other: N+1 queries. A gap: computation or a wait without a span.',
        ifNot: 'None: nothing was slow, or it was not sampled.',
        minutes: 2,
      },
    ],
  };
}
