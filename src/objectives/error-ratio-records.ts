/** The record that holds the error ratio of each window; a window without one does not compile. */
import { recordedCatalog } from '../catalog/recorded.ts';
import type { RecordedWindow } from './burn-windows.ts';

export const errorRatioRecords = {
  '5m': recordedCatalog.sloErrorRatio5m,
  '30m': recordedCatalog.sloErrorRatio30m,
  '1h': recordedCatalog.sloErrorRatio1h,
  '2h': recordedCatalog.sloErrorRatio2h,
  '6h': recordedCatalog.sloErrorRatio6h,
  '1d': recordedCatalog.sloErrorRatio1d,
  '3d': recordedCatalog.sloErrorRatio3d,
  '30d': recordedCatalog.sloErrorRatio30d,
} as const satisfies Readonly<Record<RecordedWindow, unknown>>;
