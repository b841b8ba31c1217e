/** The queries of a panel, as its JSON says them. */

export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat: string;
  /** One table per query instead of one frame per series. */
  readonly table: boolean;
  readonly instant: boolean;
  readonly range: boolean;
  readonly exemplar: boolean;
  /** Least time between samples, e.g. `1m`. */
  readonly interval: string;
}

/** Without the hidden ones, and those that ask nothing. */
export function targetsOf(panel: { readonly targets?: readonly Readonly<Record<string, unknown>>[] }): Target[] {
  return (panel.targets ?? []).filter(({ hide, expr }) => hide !== true && textOf(expr).trim() !== '').map(targetOf);
}

function targetOf(json: Readonly<Record<string, unknown>>): Target {
  const instant = json['instant'] === true;
  return {
    refId: textOf(json['refId']),
    expr: textOf(json['expr']),
    legendFormat: textOf(json['legendFormat']),
    table: json['format'] === 'table',
    instant,
    // Neither was written by old versions of Grafana, and meant a range.
    range: json['range'] === true || !instant,
    exemplar: json['exemplar'] === true,
    interval: textOf(json['interval']),
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
