/** The dashboard's variables as the address chooses them; options are asked for anew with each range. */
import type { Dashboard } from '@grafana/schema';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { QueryContext, VariableValue } from '../../query/context.ts';
import { allValues } from '../../query/interpolate.ts';
import { loadVariables } from '../../query/variables.ts';
import type { Address } from './address.ts';

export type Variables = ReadonlyMap<string, VariableValue>;
export type ContextWithoutVariables = Omit<QueryContext, 'variables'>;

interface Loaded {
  /** undefined until they were loaded once */
  readonly variables?: Variables;
  readonly error?: Error;
}

interface Input {
  readonly dashboard: Dashboard;
  readonly address: Address;
  readonly context: ContextWithoutVariables;
  /** Grows when somebody asks for a refresh: options are loaded again. */
  readonly asked: number;
}

export function useVariables({ dashboard, address, context, asked }: Input): Loaded {
  const [loaded, setLoaded] = useState<Loaded>({});
  const chosen = variableParamsOf(address.params);
  const latest = useRef(context);
  latest.current = context;
  const { rawFrom, rawTo } = context;
  const retry = loaded.error === undefined ? undefined : context;
  useEffect(() => {
    const abort = new AbortController();
    loadVariables(dashboard, new URLSearchParams(chosen), latest.current, abort.signal).then(
      (variables) => setLoaded({ variables }),
      (error: Error) => {
        if (!abort.signal.aborted) setLoaded((before) => ({ ...before, error }));
      },
    );
    return () => abort.abort();
  }, [dashboard, chosen, rawFrom, rawTo, asked, retry]);
  return loaded;
}

const variableParamsOf = (params: URLSearchParams): string =>
  new URLSearchParams([...params].filter(([name]) => name.startsWith('var-'))).toString();

/** The same map for as long as queries would read the same: options that were merely added ask nothing anew. */
export function useQueryVariables(variables: Variables | undefined): Variables | undefined {
  const identity = variables === undefined ? undefined : JSON.stringify([...variables.values()].map(readByQueries));
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the identity stands for the variables
  return useMemo(() => variables, [identity]);
}

const readByQueries = ({ name, values, allValue, options }: VariableValue): unknown =>
  values.includes(allValues) && allValue === undefined ? [name, options] : [name, values, allValue];
