/** Every story, in the order of the alerts. */
import { alertFacts } from './alert-facts.ts';
import { availabilityStories } from './availability-stories.ts';
import { backupStories } from './backup-stories.ts';
import { businessStories } from './business-stories.ts';
import { databaseStories } from './database-stories.ts';
import { httpStories } from './http-stories.ts';
import { infrastructureStories } from './infrastructure-stories.ts';
import { metaStories } from './meta-stories.ts';
import { noSeriesStories } from './no-series-stories.ts';
import { runtimeStories } from './runtime-stories.ts';
import { sloStories } from './slo-stories.ts';
import type { Story } from './story.ts';

const alwaysFiring = new Set(['Watchdog', 'NobodyIsPaged']);

export const allStories: readonly Story[] = [
  ...httpStories,
  ...sloStories,
  ...availabilityStories,
  ...runtimeStories,
  ...databaseStories,
  ...backupStories,
  ...infrastructureStories,
  ...businessStories,
  ...metaStories,
  ...noSeriesStories(Object.keys(alertFacts).filter((alert) => !alwaysFiring.has(alert))),
];
