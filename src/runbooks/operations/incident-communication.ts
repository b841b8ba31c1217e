/** How bad it is, and who is told what and when. */
import type { Model } from '../../model/model.ts';
import { humanDuration, percent } from '../../objectives/in-words.ts';
import type { Procedure } from '../runbook.ts';

export function classification(model: Model): Procedure {
  const { HighErrorRate, BusinessActivityDrop } = model.knobs;
  return {
    title: 'Classification',
    before: [
      {
        kind: 'text',
        text: 'Unsure between two: take the higher one. It can be lowered in a sentence; the time that was lost does not come back.',
      },
      {
        kind: 'table',
        columns: ['Severity', 'Means', 'Examples', 'Reaction'],
        rows: [
          [
            'SEV1',
            'Users cannot use the product, or data or money is being lost',
            `Service down; login or payment fails; half of all requests fail; data of one customer shown to another; activity under ${percent(BusinessActivityDrop.threshold)} with every target up`,
            'At once, day and night. Commander, call, scribe. Users are told within 15 min, then every 30 min',
          ],
          [
            'SEV2',
            'A part of the product fails, or all of it is slow, for many',
            `5xx over ${percent(HighErrorRate.threshold)} on one feature; pages take seconds; no alerting; no backup and no replica`,
            'At once, day and night. Commander. Users are told within 30 min, then every hour',
          ],
          [
            'SEV3',
            'Few notice, or there is a way around it',
            'One instance down; one report fails; a slow export; an exporter gone',
            'In working hours, today. A message to the team',
          ],
          [
            'SEV4',
            'Nobody notices yet',
            'A slow budget burn; a disk full tomorrow; a certificate for two weeks',
            'A ticket with a date',
          ],
        ],
      },
      {
        kind: 'list',
        items: [
          'Personal data in the wrong hands is SEV1, whatever the number of people.',
          'Two SEV3 at once are a SEV2: they may be one cause.',
          'A SEV2 without a mitigation after an hour is a SEV1.',
        ],
      },
    ],
  };
}

export function communication({ timing }: Model): Procedure {
  return {
    title: 'Communication',
    before: [
      {
        kind: 'table',
        columns: ['To', 'Where', 'First after', 'Then every', 'Who writes'],
        rows: [
          [
            'Everybody who works on it',
            'Channel of the incident',
            '1 min',
            'each finding and each change',
            'Everybody, short',
          ],
          ['The company', 'Channel for incidents', '10 min', '30 min (SEV1), 1 h (SEV2)', 'Communication'],
          [
            'Users',
            'Status page',
            '15 min (SEV1), 30 min (SEV2)',
            '30 min (SEV1), 1 h (SEV2)',
            'Communication, one approval at most',
          ],
          [
            'Customers with a contract',
            'As the contract says',
            'as the contract says',
            'as the contract says',
            'Whoever knows them',
          ],
        ],
      },
      {
        kind: 'list',
        items: [
          'Say what users notice, not what is broken: "payments fail for one in five", not "pool exhausted".',
          'Say what is known, what is being done, and when the next message comes. Keep that time, also with nothing new.',
          'No guess about the cause, no promise about the end, no blame. Times with their time zone.',
          'In the channel: one thread per suspicion; commands and their output pasted, not described.',
          `Alertmanager repeats a page every ${humanDuration(timing.repeatCritical)} while it fires: silence what is being worked on, by the command on its page, for two hours at most.`,
        ],
      },
    ],
  };
}
