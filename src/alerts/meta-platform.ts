/** Is somebody told, are all targets scraped, and what will break tomorrow. */
import { blackboxExporterCatalog } from '../catalog/blackbox-exporter.ts';
import { identityLabels, platformService } from '../catalog/exposers.ts';
import { nodeExporterCatalog } from '../catalog/node-exporter.ts';
import { scrapedCatalog } from '../catalog/scraped.ts';
import { humanDuration, percent } from '../objectives/in-words.ts';
import { metaAlertKnobs } from '../objectives/meta-alert-knobs.ts';
import type { Model } from '../model/model.ts';
import { promql } from '../promql/expression.ts';
import { minBy } from '../promql/functions.ts';
import { gauge } from '../promql/selector.ts';
import { type Alert, defineAlert } from './alert.ts';
import { peopleOf } from './dead-mans-switch.ts';
import { freeRatio, fullWithin, writable } from './filesystems.ts';
import { templateWords, value } from './go-template.ts';
import { holdOf, windowOf } from './rule-clock.ts';
import { withLabel } from './with-label.ts';

const group = 'platform';

/** The alerts that always fire, and those about any target or host. */
export function platformAlerts(model: Model): readonly Alert[] {
  return [
    watchdog(model),
    ...(peopleOf(model).length === 0 ? [nobodyIsPaged(model)] : []),
    targetDown(model),
    diskFullTomorrow(model),
    certificateExpiresSoon(model),
  ];
}

function alwaysFiring(model: Model): Pick<Alert, 'group' | 'branches' | 'component' | 'panel'> {
  const somewhere = withLabel(promql`vector(1)`, 'environment', model.environment);
  const expression = withLabel(somewhere, 'service', platformService);
  return {
    group,
    branches: [{ id: 'always', expression, describes: 'it always fires, on purpose' }],
    component: 'monitoring',
    panel: { dashboard: 'telltale-errors', panel: 'alerts-firing' },
  };
}

function watchdog(model: Model): Alert {
  return defineAlert({
    ...alwaysFiring(model),
    name: 'Watchdog',
    severity: 'none',
    annotations: {
      summary: 'The way from Prometheus through Alertmanager to the receivers works',
      description:
        "This alert always fires. The dead man's switch that receives it raises an alarm of its own when it stops, which is when nobody would be told that users suffer.",
      impact: 'None while it fires. When it stops, no alert reaches anybody.',
      action: 'Nothing while it fires. When it stops, see whether Prometheus and Alertmanager run.',
    },
    alwaysFires: "the dead man's switch must hear it all the time",
  });
}

function nobodyIsPaged(model: Model): Alert {
  return defineAlert({
    ...alwaysFiring(model),
    name: 'NobodyIsPaged',
    severity: 'warning',
    annotations: {
      summary: 'No receiver is configured: nobody is told of any alert',
      description:
        'The config lists no receivers, so Alertmanager has nowhere to send notifications. Users may suffer while the boards are red and nobody looks.',
      impact: 'Alerts show on the boards only.',
      action: 'Add a receiver to "receivers" in telltale.config.ts, run "telltale generate", and send a test alert.',
    },
    alwaysFires: 'it is emitted only where no receiver is configured',
  });
}

function targetDown(model: Model): Alert {
  const { for: hold } = metaAlertKnobs.TargetDown;
  const { whose, label } = templateWords(model);
  const target = minBy([...identityLabels, 'job', 'instance'], gauge(scrapedCatalog.up));
  return defineAlert({
    name: 'TargetDown',
    group,
    branches: [
      { id: 'down', expression: promql`${target} == ${0}`, describes: 'a target does not answer its scrapes' },
    ],
    for: holdOf(model, hold),
    severity: 'warning',
    component: 'monitoring',
    annotations: {
      summary: `Target ${label('instance')} (job ${label('job')}) of ${whose} cannot be scraped`,
      description: `Target ${label('instance')} (job ${label('job')}) of ${whose} has not answered a scrape for ${humanDuration(hold)}. Its boards are empty and its alerts blind; users may or may not notice.`,
      impact: 'What this target tells is missing from boards and alerts.',
      action:
        'Open the targets page of Prometheus and read the error: refused, timeout, wrong path, or too many samples.',
    },
    panel: { dashboard: 'telltale-infrastructure', panel: 'targets-up' },
  });
}

function diskFullTomorrow(model: Model): Alert {
  const knobs = metaAlertKnobs.DiskFullTomorrow;
  const { environment, label } = templateWords(model);
  const full = fullWithin(knobs.forecastHours * 3_600, windowOf(model, knobs.forecastWindow));
  const disk = `${label('mountpoint', nodeExporterCatalog.filesystemSize)} on ${label('instance')} (${environment})`;
  return defineAlert({
    name: 'DiskFullTomorrow',
    group,
    branches: [
      {
        id: 'filling',
        expression: promql`${freeRatio} < ${knobs.freeRatio} and ${full} and ${writable}`,
        describes: `under ${percent(knobs.freeRatio)} is free, and at the pace of the last ${humanDuration(knobs.forecastWindow)} it is full within ${knobs.forecastHours} h`,
      },
    ],
    for: holdOf(model, knobs.for),
    severity: 'warning',
    component: 'infrastructure',
    annotations: {
      summary: `${disk} is full within ${knobs.forecastHours} h, ${value.percentage} is free`,
      description: `At the pace of the last ${humanDuration(knobs.forecastWindow)}, the file system ${disk} is full within ${knobs.forecastHours} h; seen for ${humanDuration(knobs.for)}. Users notice nothing yet.`,
      impact: 'None today; tomorrow writes fail.',
      action: 'Find what grows in working hours, before it pages somebody at night.',
    },
    panel: { dashboard: 'telltale-infrastructure', panel: 'disk-space' },
  });
}

function certificateExpiresSoon(model: Model): Alert {
  const { days, for: hold } = metaAlertKnobs.CertificateExpiresSoon;
  const { whose, label } = templateWords(model);
  const expiry = minBy([...identityLabels, 'instance'], gauge(blackboxExporterCatalog.certificateExpiry));
  return defineAlert({
    name: 'CertificateExpiresSoon',
    group,
    branches: [
      {
        id: 'expiry',
        expression: promql`${expiry} - time() < ${days * 86_400}`,
        describes: `a certificate expires within ${days} days`,
      },
    ],
    for: holdOf(model, hold),
    severity: 'warning',
    component: 'infrastructure',
    annotations: {
      summary: `The certificate of ${label('instance')} expires in ${value.duration}`,
      description: `The certificate of ${label('instance')} of ${whose} expires within ${days} days. After that, users get a warning page, or no connection at all.`,
      impact: 'None yet; all users when it expires.',
      action: 'Renew it, and find out why the renewal did not happen by itself.',
    },
    panel: { dashboard: 'telltale-api', panel: 'certificates' },
  });
}
