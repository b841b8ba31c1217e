/** Learning, without blame. */
import { hasSource } from '../../model/sources.ts';
import type { Model } from '../../model/model.ts';
import { budgetDays } from '../../objectives/slos.ts';
import type { Procedure } from '../runbook.ts';

const template = `
# {Incident}: {what users noticed}

Date: {date}. Severity: SEV{n}. Authors: {names}. State: {draft, reviewed, done}.

## Summary

{Three sentences: what happened, whom it hurt, how it ended.}

## Impact

| Measure                                  | Value                       |
| ---------------------------------------- | --------------------------- |
| From, to, duration                       | {time}, {time}, {minutes}   |
| Requests or users affected               | {number, share}             |
| Error budget spent, per SLO              | {share of ${budgetDays} days}           |
| Data lost or wrong                       | {what, repaired how}        |
| Money                                    | {estimate}                  |

## Timeline

| Time (UTC) | What happened                          |
| ---------- | -------------------------------------- |
| {time}     | {the change, or the first failure}     |
| {time}     | {the alert fired, the page arrived}    |
| {time}     | {what was seen, what was done}         |
| {time}     | {mitigated}                            |
| {time}     | {closed}                               |

Detected after {minutes}, by {alert or person}. Mitigated after {minutes}.

## Causes

{What made it possible, what set it off, what made it worse, what made it last. Ask "how was that possible?" until the
answer is a system and not a person. There is rarely only one.}

## What went well, what did not, where we were lucky

- {…}

## Actions

| Action | Kind (prevent, detect, mitigate) | Owner | Due | Ticket |
| ------ | -------------------------------- | ----- | --- | ------ |
| {what} | {kind}                           | {one} | {…} | {link} |
`;

export function postMortem(model: Model): Procedure {
  return {
    title: 'Post-mortem',
    before: [
      {
        kind: 'list',
        items: [
          'For every SEV1 and SEV2, and for everything that surprised you. A draft within two working days, the review within five.',
          'Blameless: people did what made sense to them with what they knew. "Why did it make sense?" is the question; names are in the timeline only as roles.',
          'Everybody who took part is in the review. It ends with actions that have one owner and a date each; three good ones are better than ten.',
          'Ask each time: which alert should have fired earlier, which page was wrong or missing, which step took longer than it says? Correct those first.',
        ],
      },
      { kind: 'code', language: 'md', code: template },
    ],
    steps: [
      {
        language: 'none',
        title: 'Collect the facts while they exist',
        note: `Within a day: the timeline, the panels as pictures with their time range, the log files that were saved${hasSource(model, 'tracing') ? ', the traces (Jaeger forgets them after days)' : ''}.`,
        expected: 'All of it is in the folder of the post-mortem.',
        ifNot: 'Something is gone already: note that as a finding.',
        minutes: 30,
      },
      {
        language: 'none',
        title: 'Follow the actions up',
        note: 'Four weeks later, by the author.',
        expected: 'All done, or a decision not to do them.',
        ifNot: 'Forgotten ones go to the lead of the team: the incident will come back.',
        minutes: 15,
      },
    ],
  };
}
