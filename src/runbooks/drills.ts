/** Drills are recorded as empty commits, so that their dates live where the runbooks live. */
import type { RunbookId, ShellStep } from './runbook.ts';
import { sh } from './shell.ts';

export function seeLastDrill(id: RunbookId, everyDays: number): ShellStep {
  return {
    language: 'sh',
    title: 'See when it was last drilled',
    run: sh`git log -3 --date=short --format='%cd %s' --grep=${`^drill: ${id}`}`,
    expected: `Up to three lines; the first is younger than ${everyDays} days.`,
    ifNot: 'Nothing, or older: the drill is due. Put it into the calendar before you close this page.',
    minutes: 0.5,
  };
}
