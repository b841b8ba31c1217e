/** What telltale and its tracer lose: series over their bounds, and spans. */
import { kitCatalog as kit } from '../../catalog/kit.ts';
import { rateInterval } from '../../objectives/duration.ts';
import { rate, sumBy } from '../../promql/functions.ts';
import { counter } from '../../promql/selector.ts';
import type { TimeseriesPanel } from '../panel.ts';
import { perService, serviceLegend } from './expressions.ts';
import { graph } from './shapes.ts';

export function losses(): TimeseriesPanel {
  return graph({
    key: 'kit-losses',
    title: 'Lost to bounds',
    description:
      'Requests and label values a second recorded under a catch-all because a bound was reached, by service. Good: at 0; otherwise a route or a label is unbounded.',
    unit: 'per_second',
    targets: [
      {
        expression: sumBy(perService, rate(counter(kit.routeOverflow), rateInterval)),
        legend: `${serviceLegend} routes`,
      },
      {
        expression: sumBy(perService, rate(counter(kit.labelErrors), rateInterval)),
        legend: `${serviceLegend} labels`,
        quietUnless: 'a label value was out of bounds',
      },
    ],
    min: 0,
    noValue: 'No service reports: does it use the middleware?',
  });
}

export function spans(): TimeseriesPanel {
  return graph({
    key: 'spans',
    width: 12,
    title: 'Spans',
    description:
      'Spans a second that were started, accepted by a collector, and dropped by reason. Good: as many exported as started, none dropped.',
    unit: 'per_second',
    targets: [
      {
        expression: sumBy(perService, rate(counter(kit.spansStarted), rateInterval)),
        legend: `${serviceLegend} started`,
      },
      {
        expression: sumBy([...perService, 'exporter'], rate(counter(kit.spansExported), rateInterval)),
        legend: `${serviceLegend} exported by {{exporter}}`,
      },
      {
        expression: sumBy([...perService, 'reason'], rate(counter(kit.spansDropped), rateInterval)),
        legend: `${serviceLegend} dropped: {{reason}}`,
      },
    ],
    min: 0,
    colors: [{ names: 'dropped: ', color: 'red', shades: true }],
    noValue: 'No service reports spans',
  });
}
