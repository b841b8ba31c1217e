/** Is the service there at all: probed from outside, scraped from inside, and not restarting over and over. */
import { blackboxExporterCatalog } from '../catalog/blackbox-exporter.ts';
import { cadvisorCatalog } from '../catalog/cadvisor.ts';
import { identityLabels } from '../catalog/exposers.ts';
import { nodejsCatalog } from '../catalog/nodejs.ts';
import { scrapedCatalog } from '../catalog/scraped.ts';
import { humanDuration } from '../objectives/in-words.ts';
import type { Model } from '../model/model.ts';
import { promql } from '../promql/expression.ts';
import { changes, increase, maxBy, minBy, sumBy } from '../promql/functions.ts';
import { counter, gauge } from '../promql/selector.ts';
import { absent } from './absent.ts';
import { type Alert, defineAlert } from './alert.ts';
import { anyOf } from './any-of.ts';
import { templateWords, value } from './go-template.ts';
import { holdOf, windowOf } from './rule-clock.ts';
import { serviceTargets, targetsOf } from './service-targets.ts';

export function availabilityAlerts(model: Model): readonly Alert[] {
  return [healthCheckFailing(model), serviceDown(model), serviceRestarting(model)];
}

function healthCheckFailing(model: Model): Alert {
  const { for: hold } = model.knobs.HealthCheckFailing;
  const { whose, service, label, ifLabel } = templateWords(model);
  const probed = minBy([...identityLabels, 'instance'], gauge(blackboxExporterCatalog.success));
  const ofService = (name: string) =>
    gauge(blackboxExporterCatalog.success, { environment: model.environment, service: name });
  return defineAlert({
    name: 'HealthCheckFailing',
    group: 'availability',
    branches: [
      { id: 'failing', expression: promql`${probed} == ${0}`, describes: 'a probe from outside fails' },
      {
        id: 'absent',
        expression: anyOf(model.services.map(({ name }) => absent(ofService(name), identityLabels))),
        describes: 'a service is not probed at all',
      },
    ],
    for: holdOf(model, hold),
    severity: 'critical',
    component: 'api',
    annotations: {
      summary: ifLabel('instance', `Probe of ${label('instance')} fails`, `No probe of ${whose}`),
      description: `${ifLabel('instance', `The probe of ${label('instance')}`, 'The probe')} of ${whose} has not succeeded for ${humanDuration(hold)}. Users most likely cannot reach the service.`,
      impact: `${service} does not answer from outside; load balancers take it out of service.`,
      action:
        'Request the health URL yourself; then look at the log of the service and at what lies between: DNS, proxy, certificate.',
    },
    panel: { dashboard: 'telltale-api', panel: 'availability-probe' },
  });
}

function serviceDown(model: Model): Alert {
  const { for: hold } = model.knobs.ServiceDown;
  const { whose, service } = templateWords(model);
  const targetsUp = sumBy(identityLabels, gauge(scrapedCatalog.up, serviceTargets));
  const ofService = (name: string) => gauge(scrapedCatalog.up, targetsOf(model.environment, name));
  return defineAlert({
    name: 'ServiceDown',
    group: 'availability',
    branches: [
      { id: 'down', expression: promql`${targetsUp} == ${0}`, describes: 'no target of a service answers its scrape' },
      {
        id: 'absent',
        expression: anyOf(model.services.map(({ name }) => absent(ofService(name), identityLabels))),
        describes: 'a service has no target left',
      },
    ],
    for: holdOf(model, hold),
    severity: 'critical',
    component: 'api',
    annotations: {
      summary: `${whose} is down: no instance answers`,
      description: `No instance of ${whose} has answered a scrape for ${humanDuration(hold)}, or none is left to scrape. Users get no answer.`,
      impact: `Everything that ${service} does has stopped.`,
      action: 'See whether the process runs and what its last log lines say; if a deploy just ended, roll it back.',
    },
    panel: { dashboard: 'telltale-infrastructure', panel: 'targets-up' },
  });
}

function serviceRestarting(model: Model): Alert {
  const { threshold, window, keepFiringFor } = model.knobs.ServiceRestarting;
  const { whose, service, label, ifLabel } = templateWords(model);
  const span = windowOf(model, window);
  const starts = maxBy([...identityLabels, 'instance'], changes(gauge(nodejsCatalog.startTime, serviceTargets), span));
  const restarts = cadvisorCatalog.containerRestarts;
  const perContainer = [...identityLabels, 'namespace', 'pod', 'container'] as const;
  // Rounded, since increase() extrapolates: two restarts would read as 2.03.
  const containers = promql`round(${sumBy(perContainer, increase(counter(restarts), span))})`;
  const who = ifLabel(
    'container',
    `Container ${label('container', restarts)} of pod ${label('pod', restarts)}`,
    label('instance'),
    restarts,
  );
  return defineAlert({
    name: 'ServiceRestarting',
    group: 'availability',
    branches: [
      {
        id: 'process',
        expression: promql`${starts} > ${threshold}`,
        describes: `a process started more than ${threshold} times in ${humanDuration(window)}`,
      },
      {
        id: 'container',
        expression: promql`${containers} > ${threshold}`,
        describes: `a container restarted more than ${threshold} times in ${humanDuration(window)}`,
      },
    ],
    keepFiringFor: holdOf(model, keepFiringFor),
    severity: 'warning',
    component: 'runtime',
    annotations: {
      summary: `${who} of ${whose} restarted ${value.number} times in ${humanDuration(window)}`,
      description: `${who} of ${whose} restarted more than ${threshold} times in ${humanDuration(window)}. Each restart drops requests in flight and empties caches.`,
      impact: `Users of ${service} see short errors and slow first requests, again and again.`,
      action:
        'Read the last lines before each restart: an uncaught exception, out of memory, or a failing liveness probe.',
    },
    panel: { dashboard: 'telltale-infrastructure', panel: 'restarts' },
  });
}
