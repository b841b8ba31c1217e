/** The three states of an alert as shapes that differ without their colours. */
import type { GrafanaTheme2 } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import type { AlertState } from '../../api/alert-rules.ts';

const shapes: Readonly<Record<AlertState, string>> = {
  firing: 'M8 1.2 15.4 14.4H.6Z M7.1 5.6h1.8v4.6H7.1Z M7.1 11.2h1.8v1.8H7.1Z',
  pending: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Z M7.1 3.8V8.6l3.4 2 .9-1.5-2.5-1.5V3.8Z',
  inactive: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Z M8 2.6a5.4 5.4 0 1 0 0 10.8A5.4 5.4 0 0 0 8 2.6Z',
};

export function stateColour(state: AlertState, { colors }: GrafanaTheme2): string {
  const colours = { firing: colors.error.text, pending: colors.warning.text, inactive: colors.text.disabled };
  return colours[state];
}

interface StateIconProps {
  readonly state: AlertState;
  readonly size?: number;
  /** Where no word beside it says the same. */
  readonly speaks?: boolean;
}

export function StateIcon({ state, size = 14, speaks = false }: StateIconProps): React.ReactElement {
  const theme = useTheme2();
  const name = speaks ? { role: 'img', 'aria-label': state } : { 'aria-hidden': true };
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" {...name} style={{ flex: 'none' }}>
      <path d={shapes[state]} fill={stateColour(state, theme)} fillRule="evenodd" />
    </svg>
  );
}
