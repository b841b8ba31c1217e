/** Are users answered, and fast enough: the request metrics of every service. */
import { identityLabels } from '../catalog/exposers.ts';
import { httpCatalog } from '../catalog/http.ts';
import { recordedAs } from '../catalog/naming.ts';
import { recordedCatalog } from '../catalog/recorded.ts';
import { humanDuration, humanSeconds, percent } from '../objectives/in-words.ts';
import type { Model } from '../model/model.ts';
import { labels, promql } from '../promql/expression.ts';
import { quantileOf, ratio } from '../promql/functions.ts';
import { gauge } from '../promql/selector.ts';
import { type Alert, defineAlert } from './alert.ts';
import { bucketBound } from './bucket-bound.ts';
import { templateWords, value } from './go-template.ts';
import { failedRates, perService, requestRates } from './requests.ts';
import { holdOf, windowOf } from './rule-clock.ts';

/** A ratio over a handful of requests says nothing, and must not wake anybody. */
const requestRate = gauge(recordedCatalog.requestRate);
const identity = labels(identityLabels);

export function httpAlerts(model: Model): readonly Alert[] {
  return [highErrorRate(model), highResponseTime(model)];
}

function highErrorRate(model: Model): Alert {
  const { threshold, minRequestRate, for: hold } = model.knobs.HighErrorRate;
  const { whose, service } = templateWords(model);
  const window = windowOf(model, '5m');
  const errorRatio = ratio(perService(failedRates(window)), perService(requestRates(window)));
  return defineAlert({
    name: 'HighErrorRate',
    group: 'http',
    branches: [
      {
        id: 'error-ratio',
        expression: promql`${errorRatio} > ${threshold} and on (${identity}) ${requestRate} >= ${minRequestRate}`,
        describes: `more than ${percent(threshold)} of requests are answered with a 5xx`,
      },
    ],
    for: holdOf(model, hold),
    severity: 'critical',
    component: 'api',
    annotations: {
      summary: `${value.percentage} of requests to ${whose} fail with a 5xx`,
      description: `More than ${percent(threshold)} of the requests to ${whose} have been answered with a 5xx for ${humanDuration(hold)}, at ${minRequestRate} requests/s or more. Users see errors on what they try to do.`,
      impact: `Users of ${service} get error pages or failed calls, and their retries add load.`,
      action:
        'Open the dashboard, find the route with the most errors, and check whether a deploy or a dependency changed just before.',
    },
    panel: { dashboard: 'telltale-api', panel: 'error-ratio' },
  });
}

function highResponseTime(model: Model): Alert {
  const { threshold, quantile, minRequestRate, for: hold } = model.knobs.HighResponseTime;
  const { whose, service } = templateWords(model);
  const level = `p${Math.round(quantile * 1_000) / 10}`;
  const latency = quantileOf(quantile, gauge(recordedCatalog.latencyBuckets));
  const bound = bucketBound(recordedAs(httpCatalog.duration, model.naming), threshold, 'threshold of HighResponseTime');
  return defineAlert({
    name: 'HighResponseTime',
    group: 'http',
    branches: [
      {
        id: 'latency',
        expression: promql`${latency} > ${bound} and on (${identity}) ${requestRate} >= ${minRequestRate}`,
        describes: `the ${level} of the response time is over ${humanSeconds(threshold)}`,
      },
    ],
    for: holdOf(model, hold),
    severity: 'warning',
    component: 'api',
    annotations: {
      summary: `${level} response time of ${whose} is ${value.duration}`,
      description: `The ${level} of the response time of ${whose} has been over ${humanSeconds(threshold)} for ${humanDuration(hold)}, at ${minRequestRate} requests/s or more. Users wait.`,
      impact: `Pages and calls of ${service} feel slow; clients with short timeouts give up.`,
      action:
        'Open the dashboard, find the slowest route, then look at its database and outbound time and at the event loop.',
    },
    panel: { dashboard: 'telltale-api', panel: 'latency' },
  });
}
