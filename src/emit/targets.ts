/** `monitoring/targets/<job>.json`: what each job scrapes. Prometheus notices changes of these files by itself. */
import type { Model } from '../model/model.ts';
import { scrapeJobs } from '../stack/scrape-jobs.ts';
import type { FileSet } from './file-set.ts';

export function targetsFile(job: string): string {
  return `monitoring/targets/${job}.json`;
}

export function targetFiles(model: Model): FileSet {
  const jobs = scrapeJobs(model).filter(({ groups }) => groups.length > 0);
  return new Map(jobs.map(({ name, groups }) => [targetsFile(name), `${JSON.stringify(groups, null, 2)}\n`]));
}
