/** The way to the other dashboards, with variables and time range kept. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { resolveLink } from '../../query/panel-link.ts';
import { useInfo } from '../../shell/info-context.tsx';
import { useDashboard } from '../state/dashboard-state.ts';

export function DashboardLinks(): React.ReactElement | null {
  const { dashboard, context } = useDashboard();
  const { runbooks } = useInfo();
  const style = useStyles2(getStyle);
  const prefix = prefixOf(dashboard.title ?? '');
  const links = (dashboard.links ?? []).flatMap((link) => {
    const resolved =
      context === undefined
        ? undefined
        : resolveLink(
            link,
            context,
            runbooks.map(({ path }) => path),
          );
    return [
      {
        title: link.title,
        tooltip: link.tooltip,
        href: resolved?.href ?? link.url,
        external: resolved?.external === true,
      },
    ];
  });
  if (links.length === 0) return null;
  return (
    <nav className={style} aria-label="Other dashboards">
      {links.map(({ title, tooltip, href, external }) => (
        <a
          key={title}
          href={href}
          title={tooltip}
          target={external ? '_blank' : undefined}
          rel={external ? 'noopener noreferrer' : undefined}
        >
          {title.startsWith(prefix) ? title.slice(prefix.length) : title}
        </a>
      ))}
    </nav>
  );
}

/** `Telltale: ` of `Telltale: API`: next to that title it need not be said again. */
const prefixOf = (title: string): string => /^[^:]+: /.exec(title)?.[0] ?? '';

const getStyle = ({ colors, spacing, typography, shape }: GrafanaTheme2): string =>
  css({
    ...typography.body,
    display: 'flex',
    flexWrap: 'wrap',
    gap: spacing(0.5),
    a: {
      padding: spacing(0.5, 1),
      borderRadius: shape.radius.default,
      color: colors.text.secondary,
    },
    'a:hover': { color: colors.text.primary, background: colors.action.hover },
  });
