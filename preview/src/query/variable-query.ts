/**
 * The queries of variables: `label_values(metric, label)` and its kin.
 * Source: https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/
 */

export type VariableQuery =
  | { readonly kind: 'label values'; readonly label: string; readonly selector?: string }
  | { readonly kind: 'label names' }
  | { readonly kind: 'query result'; readonly expr: string };

const labelValues = /^label_values\(\s*(?:(?<selector>.+),\s*)?(?<label>[A-Za-z_]\w*)\s*\)$/s;
const labelNames = /^label_names\(\s*\)$/;
const queryResult = /^query_result\((?<expr>.+)\)$/s;

/** @returns undefined when it is none of those */
export function parseVariableQuery(text: string): VariableQuery | undefined {
  const trimmed = text.trim();
  if (labelNames.test(trimmed)) return { kind: 'label names' };
  const { label, selector } = labelValues.exec(trimmed)?.groups ?? {};
  if (label !== undefined) return { kind: 'label values', label, ...selectorOf(selector) };
  const { expr } = queryResult.exec(trimmed)?.groups ?? {};
  return expr === undefined ? undefined : { kind: 'query result', expr: expr.trim() };
}

/** `{}` matches everything, and Prometheus refuses it. */
function selectorOf(selector = ''): { readonly selector?: string } {
  const trimmed = selector.trim();
  return trimmed === '' || /^\{\s*\}$/.test(trimmed) ? {} : { selector: trimmed };
}
