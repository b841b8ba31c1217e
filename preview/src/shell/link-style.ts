/** A name that is a link, where many of them stand below each other: to be seen as one, and calm. */
import type { GrafanaTheme2 } from '@grafana/data';

export const nameLinkStyle = ({ colors }: GrafanaTheme2) =>
  ({
    textDecoration: 'underline',
    textDecorationColor: colors.border.strong,
    textUnderlineOffset: 4,
    '&:hover': { color: colors.text.link, textDecorationColor: 'currentColor' },
  }) as const;
