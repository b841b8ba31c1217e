/** The variables of a dashboard: what may be chosen, and what is. */
import type { Dashboard, VariableModel } from '@grafana/schema';
import { labelNames, labelValues, query } from '../prometheus/client.ts';
import type { QueryContext, VariableValue } from './context.ts';
import { numberOf } from './frames.ts';
import { interpolate } from './interpolate.ts';
import { seriesName } from './series-name.ts';
import { chosenValues } from './variable-choice.ts';
import { optionsOf } from './variable-options.ts';
import { parseVariableQuery } from './variable-query.ts';

/** The only data source that there is here. */
const dataSource = 'Prometheus';

/**
 * Asks for the options, in the order of the dashboard as later queries mention earlier variables; the address (`var-<name>`)
 * says what is chosen.
 * @throws when a variable's query fails: the message names the variable
 */
export async function loadVariables(
  dashboard: Dashboard,
  url: URLSearchParams,
  context: Omit<QueryContext, 'variables'>,
  signal: AbortSignal,
): Promise<Map<string, VariableValue>> {
  const variables = new Map<string, VariableValue>();
  for (const model of dashboard.templating?.list ?? []) {
    if (model.type === 'adhoc' || model.type === 'groupby') continue;
    const options = await namedErrors(model.name, optionsFor(model, { ...context, variables }, signal));
    variables.set(model.name, valueOf(model, options, url));
  }
  return variables;
}

/** `var-<name>=<value>` for each value, as Grafana writes them in its addresses. */
export function variableParams(variables: ReadonlyMap<string, VariableValue>): URLSearchParams {
  return new URLSearchParams(
    [...variables.values()].flatMap(({ name, values }) => values.map((value) => [`var-${name}`, value])),
  );
}

function valueOf(model: VariableModel, options: readonly string[], url: URLSearchParams): VariableValue {
  const { name, allValue, multi = false, includeAll = false } = model;
  const asked = model.type === 'datasource' || model.type === 'constant' ? [] : url.getAll(`var-${name}`);
  return {
    name,
    values: chosenValues({ asked, saved: savedValues(model), options, multi, includeAll }),
    ...(typeof allValue === 'string' && { allValue }),
    options,
    multi: multi || includeAll,
  };
}

const savedValues = ({ current }: VariableModel): readonly string[] => [current?.value ?? []].flat();

async function optionsFor(
  model: VariableModel,
  context: QueryContext,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const text = queryOf(model);
  switch (model.type) {
    case 'datasource':
      return [dataSource];
    case 'query': {
      const answers = await ask(interpolate(text, context), context, signal);
      return optionsOf(answers, {
        regex: interpolate(model.regex ?? '', context),
        ...(model.sort && { sort: model.sort }),
      });
    }
    case 'custom':
    case 'interval':
      return text.split(',').map((option) => option.trim());
    case 'textbox':
      return [savedValues(model)[0] ?? text];
    default:
      return [text];
  }
}

async function ask(text: string, { from, to }: QueryContext, signal: AbortSignal): Promise<readonly string[]> {
  const asked = parseVariableQuery(text);
  const span = { fromMillis: from, toMillis: to };
  switch (asked?.kind) {
    case 'label values': {
      const selectors = asked.selector === undefined ? [] : [asked.selector];
      return (await labelValues(asked.label, { ...span, selectors }, signal)).data;
    }
    case 'label names':
      return (await labelNames(span, signal)).data;
    case 'query result':
      return queryResult(asked.expr, to, signal);
    case undefined:
      throw new Error(`${text} is none of label_values(), label_names() and query_result()`);
  }
}

/** `up{job="api"} 1 1700000000000`, for a regular expression to pick from. */
async function queryResult(expr: string, timeMillis: number, signal: AbortSignal): Promise<string[]> {
  const { data } = await query({ query: expr, timeMillis }, signal);
  if (data.resultType !== 'vector') return data.resultType === 'matrix' ? [] : [data.result[1]];
  return data.result.flatMap(({ metric, value }) =>
    value === undefined
      ? []
      : [`${seriesName(metric, { legendFormat: '', expr: '{}' })} ${numberOf(value[1])} ${value[0] * 1000}`],
  );
}

/** A string, or the object that Grafana's editor writes. */
function queryOf({ query }: VariableModel): string {
  if (typeof query === 'string') return query;
  const text = query?.['query'];
  return typeof text === 'string' ? text : '';
}

async function namedErrors<T>(name: string, result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'AbortError') throw error;
    throw new Error(`Cannot load the values of the variable "${name}": ${error.message}`, { cause: error });
  }
}
