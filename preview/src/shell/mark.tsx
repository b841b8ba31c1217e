/** The mark: a sail, and on it the telltale, the ribbon that shows how the wind flows. */
import { useTheme2 } from '@grafana/ui';

export function Mark(): React.ReactElement {
  const { colors } = useTheme2();
  return (
    <svg width={24} height={24} viewBox="0 0 24 24" fill="none" aria-hidden style={{ flex: 'none' }}>
      <path d="M5 21V2.5C12.5 5.5 18.5 12 20 21Z" fill={colors.primary.transparent} />
      <path
        d="M5 21V2.5C12.5 5.5 18.5 12 20 21Z"
        stroke={colors.text.primary}
        strokeWidth="1.6"
        strokeLinejoin="round"
      />
      <path
        d="M5 13.2c2.6-1.9 4.4 1.7 7 .2s3.9-2 6.6-.6"
        stroke={colors.warning.text}
        strokeWidth="2.2"
        strokeLinecap="round"
      />
    </svg>
  );
}
