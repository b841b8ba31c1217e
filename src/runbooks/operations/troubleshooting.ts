/** From a symptom to its cause. */
import { hasSource } from '../../model/sources.ts';
import type { Model } from '../../model/model.ts';
import { humanSeconds } from '../../objectives/in-words.ts';
import { seeLastDrill } from '../drills.ts';
import { burnRate } from '../queries/objectives.ts';
import { errorRatio, latencyQuantile, requestRate } from '../queries/requests.ts';
import { firing } from '../queries/stack.ts';
import type { Runbook } from '../runbook.ts';
import { sh } from '../shell.ts';
import { errorInvestigation, logAnalysis } from './troubleshooting-errors.ts';
import { performanceDebugging } from './troubleshooting-performance.ts';
import { symptomIndex } from './troubleshooting-symptoms.ts';

export function troubleshooting(model: Model): Runbook {
  return {
    id: 'troubleshooting',
    title: 'Troubleshooting',
    purpose:
      'Find out what is wrong with a service that you may never have seen, from what users notice down to the line of code.',
    useWhen: [
      'You have a symptom and no alert.',
      'The page of an alert sent you here for a profile or a snapshot.',
      'The incident is mitigated, and you look for the cause.',
    ],
    notWhen: [
      'Users suffer and something was deployed in the last hour: [[runbook:rollback]] first, look afterwards.',
      'An alert fires: its page is the shorter way.',
    ],
    access: [
      `Reading ${hasSource(model, 'tracing') ? 'Jaeger, ' : ''}Prometheus, Grafana and the log of the service.`,
      'For profiles and heap snapshots: the right to run a command where the service runs (`service_exec`). A heap snapshot holds the data of users: treat the file like the database.',
    ],
    roles: [
      {
        role: 'Investigator',
        does: 'One suspicion at a time: what would I see if it were true? Looks, writes down what was ruled out.',
      },
      { role: 'Incident commander', does: 'If users suffer: decides when to stop looking and to mitigate.' },
    ],
    procedures: [symptomIndex(), logAnalysis(model), errorInvestigation(model), performanceDebugging(model)],
    verification: [
      {
        language: 'promql',
        title: 'Verify that requests succeed',
        run: errorRatio,
        expected: 'The usual value.',
        ifNot: 'Not mended: [[section:Error investigation]].',
        minutes: 1,
      },
      {
        language: 'promql',
        title: 'Verify that they are fast',
        run: latencyQuantile(0.95),
        expected: `The usual value; the objective is ${humanSeconds(model.lines.latencyP95Seconds)}.`,
        ifNot: 'Not mended: [[section:Performance debugging]].',
        minutes: 1,
      },
      {
        language: 'promql',
        title: 'Verify that users come',
        run: requestRate,
        expected: 'As many as at this hour on another day.',
        ifNot: 'Fewer: [[alert:BusinessActivityDrop]].',
        minutes: 1,
      },
      {
        language: 'promql',
        title: 'Verify that no budget burns',
        run: burnRate('5m'),
        expected: 'Below 1 for every SLO.',
        ifNot: 'Above: [[alert:ErrorBudgetBurnFast]].',
        minutes: 1,
      },
      {
        language: 'promql',
        title: 'Verify that nothing fires',
        run: firing,
        expected: 'Nothing that you did not know.',
        ifNot: 'Open its page.',
        minutes: 1,
      },
    ],
    undo: [
      {
        language: 'sh',
        title: 'Remove what you left behind',
        note: 'Profiles and snapshots in the container; the inspector closes when the process restarts.',
        run: sh`service_exec sh -c 'rm -f /tmp/*.cpuprofile /tmp/*.heapsnapshot; ls /tmp'`,
        expected: 'No profile and no snapshot is left.',
        ifNot: '"Read-only file system": they were never written there.',
        minutes: 1,
      },
    ],
    messages: [
      {
        title: 'Asking for help',
        when: 'When you have looked for twenty minutes.',
        body: 'Looking at {symptom} of {service} since {time}. Users: {impact}. Seen: {facts, with links to panels, and log lines}. Ruled out: {list}. I suspect {what}, because {why}. Who knows {part}?',
      },
      {
        title: 'Found',
        when: 'When you know.',
        body: '{Symptom} of {service}: caused by {what}, in {file or system}, since {version or time}. Shown by {query, log line or profile}. Mitigated by {what}; fix: {ticket}, {owner}, {date}.',
      },
    ],
    dashboards: ['telltale-api', 'telltale-errors', 'telltale-infrastructure', 'telltale-database'],
    drill: {
      everyDays: 180,
      how: 'In a test environment: let a colleague block the event loop, slow a query or break a dependency; find it with this page only, and take a CPU profile and a heap snapshot once. Record it with `git commit --allow-empty -m "drill: troubleshooting, found after 15 min, by A. Person"`.',
      last: seeLastDrill('troubleshooting', 180),
    },
  };
}
