/** Everything that the visitors of the classroom ask for. */
import { assignmentVisits } from './assignment-visits.ts';
import { contentVisits } from './content-visits.ts';
import { oddVisits } from './odd-visits.ts';
import { paymentVisits } from './payment-visits.ts';
import { userVisits } from './user-visits.ts';
import type { Visit } from './visit.ts';

export const allVisits: readonly Visit[] = [
  ...contentVisits,
  ...userVisits,
  ...assignmentVisits,
  ...paymentVisits,
  ...oddVisits,
];
