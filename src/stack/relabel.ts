/** Relabelling rules, and the escapes of their two sinks. */
import { escapeRegex } from '../promql/escape.ts';
import type { DnsTargets, RelabelRule } from './scrape-job.ts';

/** Literal text in a replacement, where `$` refers to a group. */
export function escapeReplacement(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** What is probed becomes the instance, and the prober the address. */
export function probeRules(prober: string): readonly RelabelRule[] {
  return [
    { source_labels: ['__address__'], target_label: '__param_target' },
    { source_labels: ['__param_target'], target_label: 'instance' },
    { target_label: '__address__', replacement: escapeReplacement(prober) },
  ];
}

/** Addresses that were looked up get the labels of the name that they were looked up by. */
export function dnsRules({ name, labels }: Pick<DnsTargets, 'name' | 'labels'>): readonly RelabelRule[] {
  return Object.entries(labels).map(([label, value]) => ({
    source_labels: ['__meta_dns_name'],
    regex: escapeRegex(name),
    target_label: label,
    replacement: escapeReplacement(value),
  }));
}

/**
 * Jobs that write text files for the node exporter say whose they are with `service="api"`. The label of the target,
 * `platform`, is set already, so that Prometheus renames theirs: it is put back.
 * @param identity how the label is called in this Prometheus
 */
export function textfileRules(identity: string): readonly RelabelRule[] {
  const written = identity === 'service' ? 'exported_service' : 'service';
  return [
    { source_labels: [written], regex: '(.+)', target_label: identity, replacement: '$1' },
    { regex: written, action: 'labeldrop' },
  ];
}
