/** The bar at the top of every page: where one is, where one can go, and whether what is shown is live. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { Link, useLocation } from 'wouter';
import { ConnectionState } from './connection.tsx';
import { ControlNotice } from './control-notice.tsx';
import { FiringNotice } from './firing-notice.tsx';
import { Mark } from './mark.tsx';
import { ThemeButton } from './theme-button.tsx';

const places = [
  { title: 'Dashboards', href: '/', holds: (location: string) => location === '/' || location.startsWith('/d/') },
  { title: 'Runbooks', href: '/runbooks/', holds: (location: string) => location.startsWith('/runbooks') },
] as const;

export function TopBar(): React.ReactElement {
  const [location] = useLocation();
  return (
    <header className={useStyles2(getStyle)}>
      <Link href="/" className="home" aria-label="Telltale">
        <Mark />
        <span className="word">Telltale</span>
      </Link>
      <nav aria-label="Pages">
        {places.map(({ title, href, holds }) => (
          <Link key={href} href={href} aria-current={holds(location) ? 'page' : undefined}>
            {title}
          </Link>
        ))}
      </nav>
      <FiringNotice />
      <span className="space" />
      <ControlNotice />
      <ConnectionState />
      <ThemeButton />
    </header>
  );
}

const getStyle = ({ colors, spacing, typography, zIndex, breakpoints, shadows }: GrafanaTheme2): string =>
  css({
    position: 'sticky',
    top: 0,
    zIndex: zIndex.navbarFixed,
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    columnGap: spacing(2),
    minHeight: 40,
    padding: spacing(0, 3),
    background: colors.background.primary,
    borderBottom: `1px solid ${colors.border.weak}`,
    '.home': { display: 'flex', alignItems: 'center', gap: spacing(1) },
    '.word': { fontSize: typography.h5.fontSize, fontWeight: typography.fontWeightMedium, letterSpacing: '-0.01em' },
    '.space': { flex: 1 },
    nav: { display: 'flex', alignSelf: 'stretch', height: 40 },
    'nav a': {
      display: 'flex',
      alignItems: 'center',
      padding: spacing(0, 1.25),
      color: colors.text.secondary,
      boxShadow: 'inset 0 0 0 transparent',
    },
    'nav a:hover': { color: colors.text.primary },
    'nav a[aria-current]': { color: colors.text.primary, boxShadow: `inset 0 -2px 0 ${colors.primary.main}` },
    'a:focus-visible': { outline: `2px solid ${colors.primary.main}`, outlineOffset: -2, boxShadow: shadows.z1 },
    [breakpoints.down('md')]: { padding: spacing(0, 1.5), columnGap: spacing(1) },
    [breakpoints.down('sm')]: { '.word': { display: 'none' }, 'nav a': { padding: spacing(0, 0.75) } },
    '@media print': { display: 'none' },
  });
