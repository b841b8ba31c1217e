/** How bad an alert is, as a word in a frame. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

export function Severity({ severity }: { readonly severity: string }): React.ReactElement {
  return (
    <span className={useStyles2(getStyle)} data-severity={severity}>
      {severity}
    </span>
  );
}

const getStyle = ({ colors, typography, shape }: GrafanaTheme2): string =>
  css({
    ...typography.bodySmall,
    padding: '0 6px',
    border: `1px solid ${colors.border.medium}`,
    borderRadius: shape.radius.default,
    color: colors.text.secondary,
    '&[data-severity=critical]': { color: colors.error.text, borderColor: colors.error.border },
    '&[data-severity=warning]': { color: colors.warning.text, borderColor: colors.warning.border },
  });
