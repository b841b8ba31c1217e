/** What to write when there is no time to think about words. */
import type { MessageTemplate } from '../runbook.ts';

export const incidentMessages: readonly MessageTemplate[] = [
  {
    title: 'I have it',
    when: 'Within five minutes of the page, in the channel for incidents.',
    body: 'I have {alert} for {service} ({environment}), since {time}. Looking. Next word in 5 minutes.',
  },
  {
    title: 'Incident opened',
    when: 'When it is classified.',
    body: 'SEV{1 to 4}: {what users notice}, since {time}. {Share of requests or users}.\nCommander: {name}. Operations: {name}. Communication: {name}. Scribe: {name}.\nCall: {link}. Timeline: {link}. Dashboard: {link}.\nPlease deploy nothing. Next update at {time}.',
  },
  {
    title: 'Internal update',
    when: 'At the agreed times, also with nothing new.',
    body: 'SEV{n} {service}, {time}: users {see what, better or worse than before}. Known: {facts}. Trying: {what, by whom}. Ruled out: {list}. Next update at {time}.',
  },
  {
    title: 'First public message',
    when: 'Within 15 minutes (SEV1) or 30 (SEV2).',
    body: 'Since {time} ({time zone}) {what does not work} for {some, or many} users. We are working on it. {What still works, or what to do meanwhile.} Next update at {time}.',
  },
  {
    title: 'Public update',
    when: 'Every 30 minutes (SEV1) or every hour (SEV2).',
    body: '{What does not work} still affects {whom}. We {have found what causes it and are putting a fix in place, or: are still looking for the cause}. Next update at {time}.',
  },
  {
    title: 'Public, mitigated',
    when: 'When users are well, before the thirty quiet minutes are over.',
    body: 'Since {time} ({time zone}) {what} works again. We keep watching. {What users may have to do again, for example repeat a payment.} Next update at {time}.',
  },
  {
    title: 'Public, over',
    when: 'When it is closed.',
    body: 'From {time} to {time} ({time zone}) {what did not work} for {whom}. It is over. The reason was {one sentence without jargon}. We have {what was done so that it does not come back}. We are sorry for the trouble.',
  },
  {
    title: 'Incident closed',
    when: 'To everybody inside who was told that it began.',
    body: 'SEV{n} {service} is closed: {from} to {to}, {duration}. Users: {impact}. Cost: {share} of the error budget of {SLO}. Mitigated by {what}. Post-mortem: {date}, {name}.',
  },
  {
    title: 'Handover in writing',
    when: 'In writing, after it was said aloud.',
    body: 'Handing {incident} to {name} at {time}. Users see: {what}. Known: {facts}. Suspected: {list}. Ruled out: {list}. Changed so far: {list}. Running now: {what, who}. Silenced: {what, until}. Next message: {time, to whom}.',
  },
];
