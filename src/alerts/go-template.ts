/** Text of annotations and of templated labels: Go templates, which Prometheus expands for each alert. */
import type { MetricEntry } from '../catalog/metric.ts';
import type { Model } from '../model/model.ts';
import { answerable } from '../model/sources.ts';
import { renderLabel } from '../promql/render-context.ts';
import { ruleContext } from './rule-context.ts';

/** The value of the alert's expression, as a person reads it. */
export const value = {
  percentage: '{{ $value | humanizePercentage }}',
  duration: '{{ $value | humanizeDuration }}',
  number: '{{ $value | humanize }}',
} as const;

/** Literal text: a stray `{{` would stop the whole rule file from loading, and so would a `{` before an action. */
export function escapeTemplate(text: string): string {
  return text.replaceAll('{', '{{ "{" }}');
}

/** A value as a Go string inside a template action. Half of a surrogate pair has no place in Go's strings. */
export function quoteTemplate(text: string): string {
  return JSON.stringify(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

/** Words of annotations that name labels, as the model's Prometheus calls them. */
export interface TemplateWords {
  readonly service: string;
  readonly environment: string;
  /** `api (production)` */
  readonly whose: string;
  /** Another label of these metrics, which must survive the aggregation. */
  readonly label: (name: string, ...metrics: readonly MetricEntry[]) => string;
  /** Text around a label that only some branches have; `otherwise` alone where the model lacks a source of the metrics. */
  readonly ifLabel: (name: string, text: string, otherwise: string, ...metrics: readonly MetricEntry[]) => string;
}

export function templateWords(model: Model): TemplateWords {
  const named = (name: string, metrics: readonly MetricEntry[]): string =>
    renderLabel(name, metrics, ruleContext(model));
  const service = `{{ ${labelReference(named('service', []))} }}`;
  const environment = `{{ ${labelReference(named('environment', []))} }}`;
  return {
    service,
    environment,
    whose: `${service} (${environment})`,
    label: (name, ...metrics) => `{{ ${labelReference(named(name, metrics))} }}`,
    ifLabel: (name, text, otherwise, ...metrics) => {
      if (!answerable(model, metrics)) return otherwise;
      return `{{ if ${labelReference(named(name, metrics))} }}${text}{{ else }}${otherwise}{{ end }}`;
    },
  };
}

/** `$labels.service`, or `index $labels "service.name"` where the name is no Go identifier. */
export function labelReference(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `$labels.${name}` : `index $labels ${quoteTemplate(name)}`;
}
