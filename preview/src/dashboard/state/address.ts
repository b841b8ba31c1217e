/** What the address says of a dashboard, in Grafana's parameters, so that links work in both. */
import type { Dashboard } from '@grafana/schema';
import { useMemo } from 'react';
import { navigate, useSearch } from 'wouter/use-browser-location';
import type { PreviewInfo } from '../../../../src/preview/answers.ts';
import { parseTimeRange } from '../../query/time-range.ts';

export interface Address {
  readonly params: URLSearchParams;
  /** As chosen: `now-1h`, or milliseconds since 1970. */
  readonly rawFrom: string;
  readonly rawTo: string;
  /** Interval such as `30s`; empty: off. */
  readonly refresh: string;
  /** `browser`, `utc`, or a name such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** The panel that is shown alone. */
  readonly viewPanel: number | undefined;
}

type Changes = Readonly<Record<string, string | readonly string[] | undefined>>;

export function useAddress(dashboard: Dashboard, info: PreviewInfo): Address {
  const search = useSearch();
  return useMemo(() => readAddress(new URLSearchParams(search), dashboard, info), [search, dashboard, info]);
}

function readAddress(params: URLSearchParams, { time, refresh, timezone }: Dashboard, info: PreviewInfo): Address {
  const fallback = {
    rawFrom: info.from ?? time?.from ?? 'now-6h',
    rawTo: info.from === undefined ? (time?.to ?? 'now') : 'now',
  };
  const asked = { rawFrom: params.get('from') ?? fallback.rawFrom, rawTo: params.get('to') ?? fallback.rawTo };
  const isRange = parseTimeRange(asked.rawFrom, asked.rawTo) !== undefined;
  return {
    params,
    ...(isRange ? asked : fallback),
    refresh: params.get('refresh') ?? info.refresh ?? refresh ?? '',
    timeZone: params.get('timezone') ?? (timezone || 'browser'),
    viewPanel: panelIdOf(params.get('viewPanel')),
  };
}

/** Grafana writes `61430` or `panel-61430`. */
function panelIdOf(text: string | null): number | undefined {
  const digits = /^(?:panel-)?(\d+)$/.exec(text ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** @param changes undefined removes the parameter */
export function changeAddress(changes: Changes, options?: { readonly replace?: boolean }): void {
  const params = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name);
    for (const each of value === undefined ? [] : [value].flat()) params.append(name, each);
  }
  const search = params.toString();
  navigate(search === '' ? location.pathname : `${location.pathname}?${search}`, options);
}
