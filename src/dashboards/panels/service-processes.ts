/** Processes of services: exporters and Prometheus expose `process_*` of their own. */
import { exposers, type ExposerSpec } from '../../catalog/exposers.ts';
import { escapeRegex } from '../../promql/escape.ts';
import { notMatching } from '../../promql/selector.ts';

const exporterJobs = Object.values<ExposerSpec>(exposers).flatMap(({ job }) => (job === undefined ? [] : [job]));

/** Matchers of the services' own targets, whatever their job is called. */
export const serviceProcesses = { job: notMatching(exporterJobs.map(escapeRegex).join('|')) };
