/** What a panel says when its queries returned nothing: the sentence of its JSON, else Grafana's own. */
import type { DataFrame, FieldConfigSource } from '@grafana/data';

/** Grafana's rule: no frame, or only frames without a row. */
export const isEmpty = (frames: readonly DataFrame[]): boolean => frames.every(({ length }) => length === 0);

export const noDataText = ({ defaults }: Pick<FieldConfigSource, 'defaults'>): string => defaults.noValue ?? 'No data';
