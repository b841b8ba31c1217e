/** The operational runbooks, each with what it is for. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { Link } from 'wouter';
import { useInfo } from '../shell/info-context.tsx';
import { nameLinkStyle } from '../shell/link-style.ts';
import { usePurposes } from './runbook-index.tsx';
import { Section } from './section.tsx';

export function RunbookSection(): React.ReactElement | null {
  const style = useStyles2(getStyle);
  const purposes = usePurposes();
  const runbooks = useInfo().runbooks.filter(({ kind }) => kind === 'runbook');
  if (runbooks.length === 0) return null;
  return (
    <Section title="Runbooks" action={<Link href="/runbooks/">All pages</Link>}>
      <ul className={style}>
        {runbooks.map(({ path, title }) => (
          <li key={path}>
            <Link href={`/runbooks/${path}`}>{title}</Link>
            <span>{purposes.get(path)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const getStyle = (theme: GrafanaTheme2): string => {
  const { colors, spacing, typography, shape } = theme;
  return css({
    listStyle: 'none',
    margin: 0,
    background: colors.background.primary,
    border: `1px solid ${colors.border.weak}`,
    borderRadius: shape.radius.default,
    padding: spacing(0.5, 2),
    li: { padding: spacing(1, 0), minHeight: 58 },
    'li + li': { borderTop: `1px solid ${colors.border.weak}` },
    a: { fontWeight: typography.fontWeightMedium, ...nameLinkStyle(theme) },
    span: { display: 'block', ...typography.bodySmall, color: colors.text.secondary },
  });
};
