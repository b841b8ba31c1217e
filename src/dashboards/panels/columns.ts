/** Columns that many tables share, with the pixels that short labels need: what is left goes to the others. */
import type { TableColumn } from '../panel.ts';

export const environmentWidth = 112;

/** A column of words like a severity or a method. */
export const shortLabel = 90;

/** Which service. */
export const serviceColumns: readonly TableColumn[] = [
  { from: 'environment', title: 'Environment', width: environmentWidth },
  { from: 'service', title: 'Service', width: 112 },
];
