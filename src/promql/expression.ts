/** PromQL over catalog entries: an expression knows its metrics and its labels, and becomes text in a context. */
import type { MetricEntry } from '../catalog/metric.ts';
import { type RenderContext, renderLabel } from './render-context.ts';

/** `L` are the labels of the result: grouping by any other does not compile. */
export interface Expression<L extends string = string> {
  readonly labels: readonly L[];
  readonly metrics: readonly MetricEntry[];
  /** Whether the text can be an operand as it stands, without parentheses. */
  readonly atomic: boolean;
  render(context: RenderContext): string;
}

/** A list of label names in a template, as in `on (${labels(identityLabels)})`. */
export interface LabelList {
  readonly labelList: readonly string[];
}

export function labels(labelList: readonly string[]): LabelList {
  return { labelList };
}

export type TemplateValue = Expression | LabelList | number | string;

type LabelsOf<V> = V extends Expression<infer L> ? L : never;

/**
 * PromQL as text around expressions. Text is checked when the expression is analysed: it must parse, and name only
 * metrics and labels of the catalog. Operands are put in parentheses where they need them.
 * @example promql`${errorRatio} > ${0.05} and on (${labels(identityLabels)}) ${rate} > ${0.1}`
 */
export function promql<V extends readonly TemplateValue[]>(
  text: TemplateStringsArray,
  ...values: V
): Expression<LabelsOf<V[number]>> {
  const parts = values.filter(isExpression);
  const metrics = [...new Set(parts.flatMap((part) => part.metrics))];
  return {
    labels: [...new Set(parts.flatMap((part) => part.labels))] as LabelsOf<V[number]>[],
    metrics,
    atomic: false,
    render: (context) =>
      text
        .map((piece, index) => piece + renderValue(values[index], metrics, context))
        .join('')
        .replace(/\s*\n\s*/g, ' ')
        .trim(),
  };
}

/** The text of an operand, in parentheses unless it can stand without. */
export function renderOperand(expression: Expression, context: RenderContext): string {
  const text = expression.render(context);
  return expression.atomic ? text : `(${text})`;
}

function renderValue(
  value: TemplateValue | undefined,
  metrics: readonly MetricEntry[],
  context: RenderContext,
): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value;
  if (isExpression(value)) return renderOperand(value, context);
  return value.labelList.map((label) => renderLabel(label, metrics, context)).join(', ');
}

function isExpression(value: TemplateValue): value is Expression {
  return typeof value === 'object' && 'render' in value;
}
