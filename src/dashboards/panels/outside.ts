/** What users see from outside: probes of health endpoints, and certificates. */
import { metaAlertKnobs } from '../../objectives/meta-alert-knobs.ts';
import { blackboxExporterCatalog } from '../../catalog/blackbox-exporter.ts';
import { type Expression, promql } from '../../promql/expression.ts';
import { maxBy, minBy } from '../../promql/functions.ts';
import { gauge } from '../../promql/selector.ts';
import type { Row } from '../panel.ts';
import { perService } from './expressions.ts';
import { graph } from './shapes.ts';
import { fallsBelow } from './thresholds.ts';

const perUrl = [...perService, 'instance'] as const;
const legend = '{{instance}}';

const { days } = metaAlertKnobs.CertificateExpiresSoon;
const secondsPerDay = 86_400;
const timeLeft = promql`${minBy(perUrl, gauge(blackboxExporterCatalog.certificateExpiry))} - time()`;

/** 1 while an endpoint does not answer. */
const failing: Expression = promql`${minBy(perUrl, gauge(blackboxExporterCatalog.success))} == bool 0`;

export function outsideRow(): Row {
  return {
    title: 'Is it reachable from outside?',
    panels: [
      graph({
        key: 'availability-probe',
        title: 'Failing availability probes',
        description:
          'Health endpoints whose last probe from outside failed: each one that does adds a block of its colour. Good: none throughout.',
        unit: 'count',
        targets: [{ expression: failing, legend }],
        stacked: true,
        stepped: true,
        min: 0,
        alerts: ['HealthCheckFailing'],
        related: [{ dashboard: 'telltale-infrastructure', panel: 'targets-up' }],
        noValue: 'Nothing is probed: is blackbox_exporter up?',
      }),
      graph({
        key: 'probe-duration',
        title: 'Time of probes',
        description:
          'How long the probe of each health endpoint took. Good: steady, and far from the timeout of a scrape.',
        unit: 'seconds',
        targets: [{ expression: maxBy(perUrl, gauge(blackboxExporterCatalog.duration)), legend }],
        min: 0,
        alerts: ['HealthCheckFailing'],
        noValue: 'Nothing is probed: is blackbox_exporter up?',
      }),
      graph({
        key: 'certificates',
        title: 'Certificates: time left',
        description: `Time until the first certificate of each chain expires. Good: weeks; under ${days} days it will not renew itself.`,
        unit: 'age',
        targets: [{ expression: timeLeft, legend }],
        thresholds: fallsBelow([days * secondsPerDay, 'green']),
        min: 0,
        alerts: ['CertificateExpiresSoon'],
        quietUnless: 'a probed URL is https',
        noValue: 'No probed URL is https',
      }),
    ],
  };
}
