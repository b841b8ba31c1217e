/** The frame of a page: its landmark, its place in the middle, its title in the tab. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { usePageTitle } from './page-title.ts';

export function Page({ title, children }: React.PropsWithChildren<{ readonly title?: string }>): React.ReactElement {
  usePageTitle(title);
  return <main className={useStyles2(getStyle)}>{children}</main>;
}

const getStyle = ({ spacing, breakpoints, colors }: GrafanaTheme2): string =>
  css({
    maxWidth: 1680,
    margin: '0 auto',
    padding: spacing(2, 3, 6),
    [breakpoints.down('md')]: { padding: spacing(1.5, 1.5, 6) },
    '& > p > a': { color: colors.text.link },
    '& > p > a:hover': { textDecoration: 'underline' },
    '@media print': { padding: 0 },
  });
