/** What users say -> where to look -> which page. */
import { errorsByRoute, inFlight, latencyQuantileByRoute, rejectedByReason, statusMix } from '../queries/requests.ts';
import { queueDepth } from '../queries/process.ts';
import { firing } from '../queries/stack.ts';
import type { Procedure } from '../runbook.ts';

export function symptomIndex(): Procedure {
  return {
    title: 'From the symptom',
    before: [
      {
        kind: 'table',
        columns: ['What is noticed', 'Dashboard', 'Query', 'Page'],
        rows: [
          [
            '"I get an error page"',
            '[[dashboard:telltale-errors]]',
            '[[step:See where failures come from]]',
            '[[alert:HighErrorRate]]',
          ],
          [
            '"It is slow" (everything)',
            '[[dashboard:telltale-api]]',
            '[[step:See which routes are slow]]',
            '[[alert:HighResponseTime]]',
          ],
          [
            '"It is slow" (one page)',
            '[[dashboard:telltale-api]]',
            '[[step:See which routes are slow]]',
            '[[alert:DatabaseQueriesSlow]]',
          ],
          [
            '"The page does not load at all"',
            '[[dashboard:telltale-api]]',
            '[[step:See what is answered]]',
            '[[alert:ServiceDown]], [[alert:HealthCheckFailing]]',
          ],
          [
            '"It hangs for a moment, again and again"',
            '[[dashboard:telltale-infrastructure]]',
            '[[step:See which instance lags]]',
            '[[alert:EventLoopLagHigh]]',
          ],
          [
            '"It works when I try again"',
            '[[dashboard:telltale-infrastructure]]',
            '[[step:See where failures come from]]',
            '[[alert:ServiceRestarting]]',
          ],
          [
            '"I was thrown out", sessions lost',
            '[[dashboard:telltale-database]]',
            '[[step:See what is answered]]',
            '[[alert:ServiceRestarting]], [[alert:DatabaseConnectionLost]]',
          ],
          [
            '"My change is gone", old data shown',
            '[[dashboard:telltale-database]]',
            '',
            '[[runbook:database-operations#Recovery: replication lag]]',
          ],
          [
            '"The mail never came", jobs late',
            '[[dashboard:telltale-infrastructure]]',
            '[[step:See whether work piles up]]',
            '',
          ],
          ['Nobody complains, nobody buys', '[[dashboard:telltale-business]]', '', '[[alert:BusinessActivityDrop]]'],
          ['400 or 413 for some clients', '[[dashboard:telltale-errors]]', '[[step:See what the server refuses]]', ''],
          [
            '502, 503, 504 without a log line',
            '[[dashboard:telltale-api]]',
            '[[step:See what the server refuses]]',
            '[[alert:ServiceRestarting]]',
          ],
          [
            'Memory grows',
            '[[dashboard:telltale-infrastructure]]',
            '[[step:See which instance fills its heap]]',
            '[[alert:MemoryUsageHigh]]',
          ],
          ['A panel is empty', '[[dashboard:telltale-infrastructure]]', '', '[[runbook:monitoring#Common issues]]'],
        ],
      },
    ],
    steps: [
      {
        language: 'promql',
        title: 'See what fires',
        run: firing,
        expected: 'Nothing, or the alert whose page you need.',
        ifNot: 'Several: the one that is critical, or the one that began first.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See what is answered',
        run: statusMix,
        expected: 'Mostly 2xx and 3xx.',
        ifNot:
          '5xx: the next step. 4xx: clients and service disagree, often since a release. 499: clients give up waiting. Nothing: no request arrives.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See where failures come from',
        run: errorsByRoute,
        expected: 'Nothing, or a route: go to [[section:Error investigation]].',
        ifNot: 'All routes: something shared. [[alert:DatabaseConnectionLost]]',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See which routes are slow',
        run: latencyQuantileByRoute(0.95),
        expected: 'A list in seconds; compare with the objective.',
        ifNot: 'All alike: go to [[section:Performance debugging]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether requests pile up',
        run: inFlight,
        expected: 'About requests a second times seconds a request.',
        ifNot: 'Far more, and growing: they hang on something: [[section:Performance debugging]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See what the server refuses',
        run: rejectedByReason,
        expected: '0.',
        ifNot:
          '`header_overflow`: cookies too large. `parse_error`: not HTTP, or a broken proxy. `timeout`: clients too slow, or a `keepAliveTimeout` shorter than that of the load balancer. `dropped`: too many connections.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether work piles up',
        run: queueDepth,
        expected: 'Near 0, or falling.',
        ifNot: 'Growing: the worker is down, slow, or fails and repeats.',
        minutes: 0.5,
      },
    ],
  };
}
