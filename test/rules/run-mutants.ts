/** Every mutant of rules and records against the stories: what `npm run mutants` prints. */
import { join } from 'node:path';
import type { Promtool } from '../../servers/promtool.ts';
import { alertMutants, killerOf } from './kill-mutants.ts';
import { recordKillerOf, recordMutants } from './kill-record-mutants.ts';

export interface MutantRun {
  readonly promtool: Promtool;
  /** Scratch files go there. */
  readonly folder: string;
  /** Runs of promtool at a time. */
  readonly workers: number;
  /** Which mutants, by their description. @default all */
  readonly only?: (mutant: string) => boolean;
  /** Called after each mutant. */
  readonly onDone?: (mutant: string, killer: string | undefined) => void;
}

export interface MutantResult {
  readonly total: number;
  readonly killed: number;
  readonly survivors: readonly string[];
}

interface Attempt {
  readonly mutant: string;
  readonly killer: (folder: string) => Promise<string | undefined>;
}

/** Takes about three minutes with two workers: some stories are days long. */
export async function runMutants({
  promtool,
  folder,
  workers,
  only = () => true,
  onDone,
}: MutantRun): Promise<MutantResult> {
  const attempts = allAttempts(promtool).filter(({ mutant }) => only(mutant));
  const queue = attempts.values();
  const survivors: string[] = [];
  const work = async (worker: number): Promise<void> => {
    for (const { mutant, killer } of queue) {
      const found = await killer(join(folder, String(worker)));
      if (found === undefined) survivors.push(mutant);
      onDone?.(mutant, found);
    }
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  return { total: attempts.length, killed: attempts.length - survivors.length, survivors: survivors.toSorted() };
}

function allAttempts(promtool: Promtool): readonly Attempt[] {
  return [
    ...alertMutants().map((mutant) => ({
      mutant: `${mutant.alert} (${mutant.branch}): ${mutant.what}`,
      killer: (folder: string) => killerOf(mutant, promtool, folder),
    })),
    ...recordMutants().map((mutant) => ({
      mutant: mutant.what,
      killer: (folder: string) => recordKillerOf(mutant, promtool, folder),
    })),
  ];
}
