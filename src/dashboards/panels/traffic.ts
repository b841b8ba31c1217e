/** What the load consists of: bodies, streams, and what never reached a handler. */
import { httpCatalog } from '../../catalog/http.ts';
import { rateInterval } from '../../objectives/duration.ts';
import { quantile, rate, ratio, sumBy } from '../../promql/functions.ts';
import { counter, gauge, total, count } from '../../promql/selector.ts';
import type { Row, Target, TimeseriesPanel } from '../panel.ts';
import { perService, serviceLegend } from './expressions.ts';
import { graph } from './shapes.ts';

export function trafficRow(): Row {
  return {
    title: 'What is the load made of?',
    panels: [inFlight(), bodySizes(), rejected(), streamsOpen(), timeToHeaders()],
  };
}

function inFlight(): TimeseriesPanel {
  return graph({
    key: 'in-flight',
    title: 'Requests in flight',
    description:
      'Requests being served at this moment. Good: follows the rate; a climb without more traffic is a queue.',
    unit: 'count',
    targets: [{ expression: sumBy(perService, gauge(httpCatalog.inFlight)), legend: serviceLegend }],
    min: 0,
    related: [{ dashboard: 'telltale-database', panel: 'pool' }],
    noValue: 'No service reports requests in flight: does it use the middleware?',
  });
}

function bodySizes(): TimeseriesPanel {
  return graph({
    key: 'body-sizes',
    title: 'Mean size of bodies',
    description:
      'Mean bytes of requests and responses on the wire. Good: steady; a jump is a new client or a missing limit.',
    unit: 'bytes',
    targets: [meanSize('requestSize', 'request'), meanSize('responseSize', 'response')],
    min: 0,
    noValue: 'No request has been recorded in this window',
  });
}

function meanSize(key: 'requestSize' | 'responseSize', name: string): Target {
  const metric = httpCatalog[key];
  const sum = sumBy(perService, rate(total(metric), rateInterval));
  return {
    expression: ratio(sum, sumBy(perService, rate(count(metric), rateInterval))),
    legend: `${serviceLegend} ${name}`,
  };
}

function rejected(): TimeseriesPanel {
  return graph({
    key: 'rejected',
    title: 'Rejected before any handler',
    description:
      'Requests a second that Node refused itself, of all services: malformed, headers too large, too slow, or over the connection limit. Good: at 0.',
    unit: 'requests_per_second',
    targets: [
      {
        expression: sumBy(['reason'], rate(counter(httpCatalog.rejected), rateInterval)),
        legend: '{{reason}}',
      },
    ],
    min: 0,
    noValue: 'No service reports rejected requests: does it use the middleware?',
  });
}

function streamsOpen(): TimeseriesPanel {
  return graph({
    key: 'streams-open',
    title: 'Open streams',
    description: 'Server-sent events and upgraded connections by service. Good: follows the number of users online.',
    unit: 'count',
    targets: [
      {
        expression: sumBy([...perService, 'kind'], gauge(httpCatalog.streamsActive)),
        legend: `${serviceLegend} {{kind}}`,
      },
    ],
    min: 0,
    quietUnless: 'a client has opened a stream',
    noValue: 'No stream has been opened',
  });
}

function timeToHeaders(): TimeseriesPanel {
  return graph({
    key: 'time-to-headers',
    title: 'Streams: time to headers',
    description:
      'p95 of the time until a stream starts; its lifetime is not a response time. Good: as quick as other requests.',
    unit: 'seconds',
    targets: [
      {
        expression: quantile(0.95, httpCatalog.timeToHeaders, { by: perService, window: rateInterval }),
        legend: `${serviceLegend} p95`,
      },
    ],
    min: 0,
    quietUnless: 'a client has opened a stream in this window',
    noValue: 'No stream has been opened in this window',
  });
}
