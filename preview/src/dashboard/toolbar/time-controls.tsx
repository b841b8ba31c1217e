/** The time range, and how often it is asked for anew. */
import { dateTime, type TimeRange } from '@grafana/data';
import { defaultIntervals, RefreshPicker, TimeRangePicker } from '@grafana/ui';
import { useMemo } from 'react';
import { timeRangeOf } from '../../grafana/time-range.ts';
import { changeAddress } from '../state/address.ts';
import { useDashboard } from '../state/dashboard-state.ts';
import { shiftRange, zoomOut } from '../state/time-shift.ts';
import { useTimeShortcuts } from './time-shortcuts.ts';

export function TimeControls(): React.ReactElement {
  const { address, bounds, refresh } = useDashboard();
  useTimeShortcuts(bounds);
  const timeRange = useMemo(() => timeRangeOf(bounds), [bounds]);
  return (
    <div style={{ display: 'flex', gap: 8 }}>
      <TimeRangePicker
        value={timeRange}
        timeZone={address.timeZone}
        onChange={chooseRange}
        onChangeTimeZone={(timezone) => changeAddress({ timezone }, { replace: true })}
        onMoveBackward={() => shiftRange(bounds, -1)}
        onMoveForward={() => shiftRange(bounds, 1)}
        onZoom={() => zoomOut(bounds)}
        isOnCanvas
      />
      <RefreshPicker
        value={address.refresh}
        intervals={intervalsWith(address.refresh)}
        tooltip="Refresh dashboard"
        onRefresh={refresh}
        onIntervalChanged={(interval) => changeAddress({ refresh: interval }, { replace: true })}
        isOnCanvas
      />
    </div>
  );
}

const chooseRange = ({ raw }: TimeRange): void => changeAddress({ from: paramOf(raw.from), to: paramOf(raw.to) });

const paramOf = (time: TimeRange['raw']['from']): string =>
  typeof time === 'string' && time.startsWith('now') ? time : String(dateTime(time).valueOf());

const intervalsWith = (interval: string): string[] =>
  interval === '' || defaultIntervals.includes(interval) ? defaultIntervals : [interval, ...defaultIntervals];
