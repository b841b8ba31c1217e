/** From the page to the post-mortem. */
import { humanDuration } from '../../objectives/in-words.ts';
import { budgetDays } from '../../objectives/slos.ts';
import { hasSource } from '../../model/sources.ts';
import type { Model } from '../../model/model.ts';
import { clockTime } from '../clock-time.ts';
import { seeLastDrill } from '../drills.ts';
import { budgetLeft } from '../queries/objectives.ts';
import { errorRatio, instancesByVersion, latencyQuantile, requestRate } from '../queries/requests.ts';
import { firing, firingCritical } from '../queries/stack.ts';
import type { Runbook } from '../runbook.ts';
import { sh } from '../shell.ts';
import { amtool } from '../terminal/stack-commands.ts';
import { classification, communication } from './incident-communication.ts';
import { incidentMessages } from './incident-messages.ts';
import { postMortem } from './incident-post-mortem.ts';

export function incidentResponse(model: Model): Runbook {
  const { repeatCritical, repeatWarning } = model.timing;
  return {
    id: 'incident-response',
    title: 'Incident response',
    purpose: 'End the harm to users first, with clear roles and honest messages, and learn from it afterwards.',
    useWhen: [
      'A critical alert has paged you.',
      'Somebody reports that users cannot do what they came for, whatever the alerts say.',
      'You are not sure whether it is an incident: then it is one, until you know better.',
    ],
    notWhen: [
      'A warning that harms nobody yet: follow its page in working hours.',
      'A planned change goes wrong within its own runbook: roll back there, and come here if users noticed.',
    ],
    access: [
      'The channel for incidents, a call for voices, and the place where the timeline is written (a document that all can edit).',
      `Reading ${hasSource(model, 'tracing') ? 'Jaeger, ' : ''}Prometheus, Grafana and Alertmanager; running the commands of the alert pages.`,
      'A telephone number for each owner of the table above, and for the second on call: put them into `runbookSections` of telltale.config.ts, and they appear at the end of this page.',
    ],
    roles: [
      {
        role: 'Incident commander',
        does: 'Decides, hands out work, keeps the overview. Does not type commands. The first on call is it, until somebody takes over with the words "I am incident commander".',
      },
      { role: 'Operations', does: 'Looks and acts, one change at a time, and says each one aloud before and after.' },
      {
        role: 'Communication',
        does: 'Writes to users and to the company at the agreed times, also when there is nothing new.',
      },
      {
        role: 'Scribe',
        does: 'Writes the timeline: time, who, what was seen, what was done. A pasted command says more than a sentence.',
      },
    ],
    procedures: [
      {
        title: 'Alert escalation',
        before: [
          {
            kind: 'text',
            text: `A critical alert pages at once and again every ${humanDuration(repeatCritical)}; a warning goes to the chat or the ticket queue, again every ${humanDuration(repeatWarning)}. If nobody acts, somebody else is told:`,
          },
          {
            kind: 'table',
            columns: ['After', 'Severity', 'Who', 'How'],
            rows: [
              ['0 min', 'critical', 'First on call of the team that owns the service', 'Page'],
              ['5 min without a reaction', 'critical', 'Second on call', 'Page and telephone'],
              ['15 min without a mitigation', 'SEV1, SEV2', 'Incident commander and owner of the service', 'Telephone'],
              ['30 min without a mitigation', 'SEV1', 'Whoever may decide about users, money and lawyers', 'Telephone'],
              [
                'At once',
                'any, with personal data at risk',
                'Whoever answers for data protection: the law counts hours',
                'Telephone',
              ],
              ['4 h without an owner', 'warning', 'Lead of the team', 'Message'],
            ],
          },
          {
            kind: 'text',
            text: 'Escalating is not failing. Do it when the time is up, or earlier when you notice that you repeat yourself.',
          },
        ],
      },
      classification(model),
      {
        title: 'First fifteen minutes',
        before: [
          { kind: 'text', text: 'In this order. Mitigate before you understand: what changed last is undone first.' },
        ],
        steps: [
          {
            language: 'none',
            title: 'Acknowledge, and say that you have it',
            note: 'In your pager, then in the channel: the first message of [[section:Messages]].',
            expected: 'Everybody knows who has it.',
            ifNot: 'Somebody else has it already: ask how you can help, and do only that.',
            minutes: 1,
          },
          {
            language: 'promql',
            title: 'See what pages',
            run: firingCritical,
            expected:
              'The alert that paged. Several of one service: the page of the first one. Several services: what do they share?',
            ifNot: 'Nothing: it has resolved, or alerting is broken ([[alert:Watchdog]]). Ask whoever reported it.',
            minutes: 1,
          },
          {
            language: 'none',
            title: 'Open the page of the alert',
            note: 'The link is in the notification; all pages are listed in the [index](README.md).',
            expected: 'Its first five minutes tell whether it is real, and point to the cause.',
            ifNot: 'There is no alert, only a report: [[runbook:troubleshooting#From the symptom]].',
            minutes: 5,
          },
          {
            language: 'promql',
            title: 'See whether something was deployed',
            run: instancesByVersion,
            expected: 'The version of yesterday on all instances.',
            ifNot: 'A new one: roll it back now, by [[runbook:rollback]]. If you are wrong, that costs five minutes.',
            minutes: 1,
          },
          {
            language: 'promql',
            title: 'Measure the harm',
            run: errorRatio,
            expected:
              'The share of requests that fail, per service. Together with the next step it is the classification.',
            ifNot: 'Nothing for the service: no requests arrive at all. That is worse.',
            minutes: 0.5,
          },
          {
            language: 'promql',
            title: 'Compare with the usual traffic',
            run: requestRate,
            expected: 'As many requests as usual.',
            ifNot: 'Far fewer: users cannot reach you. Far more: a retry storm or an attack.',
            minutes: 0.5,
          },
          {
            language: 'none',
            title: 'Classify, and say it',
            note: 'By [[section:Classification]]. Unsure: the higher one.',
            expected: 'A number in the channel, and with SEV1 or SEV2 an incident commander, a call and a scribe.',
            ifNot: 'Nobody answers: escalate now.',
            minutes: 2,
          },
          {
            language: 'sh',
            title: 'Stop what changes things',
            note: 'Deployments, migrations, experiments, jobs that may wait. Ask in the channel, and stop the pipeline.',
            run: sh`gh run list --status in_progress --limit 10 || true`,
            expected: 'Nothing runs that could change the system under you.',
            ifNot: 'Cancel it with `gh run cancel` and its id, or by the page of your CI.',
            minutes: 1,
          },
          {
            language: 'none',
            title: 'Send the first message to users',
            note: 'SEV1 and SEV2, within fifteen minutes, from the template. Knowing little is no reason to wait.',
            expected: 'Sent, with the time of the next one.',
            ifNot: 'Nobody may send it: escalate to whoever may.',
            minutes: 3,
          },
        ],
      },
      communication(model),
      {
        title: 'Handover',
        before: [
          {
            kind: 'text',
            text: 'After eight hours at the latest, or when you notice that you read a line twice. In the call, aloud, with the document open:',
          },
          {
            kind: 'list',
            items: [
              'What users see now, since when, and how it is measured.',
              'What is known, what is suspected, what is ruled out: three separate lists.',
              'What was changed during the incident, and what of it must be undone.',
              'What is being done right now, by whom, and what comes next.',
              'When the next message is due, and to whom.',
              'What is silenced, and until when.',
            ],
          },
        ],
        steps: [
          {
            language: 'sh',
            title: 'List what is silenced',
            run: amtool(sh`silence query`),
            expected: 'Every silence with its end and reason; the new one on call knows each.',
            ifNot: 'One without a reason: ask who made it, or end it.',
            minutes: 1,
          },
          {
            language: 'none',
            title: 'Take over in words',
            note: '"I am incident commander", by the new one. Until that is said, it is still you.',
            expected: 'The channel knows.',
            ifNot: 'Nobody says it: stay.',
            minutes: 1,
          },
        ],
      },
      {
        title: 'Closing',
        before: [
          {
            kind: 'text',
            text: 'An incident is over when users are well, not when the cause is known. Not before thirty quiet minutes.',
          },
        ],
        steps: [
          {
            language: 'promql',
            title: 'See that nothing fires',
            run: firing,
            expected: 'Nothing that belongs to the incident.',
            ifNot: 'It is not over.',
            minutes: 1,
          },
          {
            language: 'none',
            title: 'Undo what was done for the incident',
            note: 'More instances, raised limits, switched-off features, silences: from the timeline, one by one. What stays gets a ticket.',
            expected: 'The list is empty.',
            ifNot: 'Something cannot be undone today: its owner and date are in the ticket.',
            minutes: 15,
          },
          {
            language: 'promql',
            title: 'Note the cost',
            run: budgetLeft,
            expected: `The share of the ${budgetDays} days' budget that is left, per SLO, in the timeline. The difference to before is the cost.`,
            ifNot: 'Negative: releases stop until it recovers, tell the owner of the service.',
            minutes: 1,
          },
          {
            language: 'none',
            title: 'Close it in writing',
            note: 'To everybody who was told that it began: the last message of [[section:Messages]].',
            expected: 'Sent, with the date of the post-mortem.',
            ifNot: 'Somebody was forgotten: the list is in the timeline.',
            minutes: 3,
          },
        ],
      },
      postMortem(model),
    ],
    verification: [
      {
        language: 'promql',
        title: 'Verify that nothing pages',
        run: firingCritical,
        expected: 'Nothing, for thirty minutes.',
        ifNot: 'Open its page.',
        minutes: 30,
      },
      {
        language: 'promql',
        title: 'Verify that requests succeed',
        run: errorRatio,
        expected: 'The usual value of each service.',
        ifNot: 'Still above it: not over.',
        minutes: 1,
      },
      {
        language: 'promql',
        title: 'Verify that they are fast',
        run: latencyQuantile(0.95),
        expected: `The usual value; the objective is ${model.lines.latencyP95Seconds} s.`,
        ifNot: 'Still above it: not over.',
        minutes: 1,
      },
    ],
    undo: [
      {
        language: 'none',
        title: 'Call it off',
        note: 'When it turns out to be none: a false alarm is cheap, say so without shame.',
        expected:
          'Everybody who was woken may sleep; users who were told get a last message; the alert that cried wolf gets a ticket, see its section on false positives.',
        ifNot: 'Somebody doubts it: keep it open for thirty minutes.',
        minutes: 5,
      },
    ],
    messages: incidentMessages,
    dashboards: ['telltale-api', 'telltale-errors', 'telltale-business'],
    drill: {
      everyDays: 90,
      how: `Break something on purpose in a test environment, without telling whoever is on call, and run the first fifteen minutes for real, messages included. An alert must arrive within ${clockTime(390)}. Record it with \`git commit --allow-empty -m "drill: incident-response, mitigated after 12 min, by A. Person"\`.`,
      last: seeLastDrill('incident-response', 90),
    },
  };
}
