/** An alert that does not fire, in one line: its state, what it watches for, and where that can be seen. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { Link } from 'wouter';
import type { AlertRule } from '../../api/alert-rules.ts';
import { AlertLinks, runbookPageOf } from '../../shell/alerts/alert-links.tsx';
import { InstanceList } from '../../shell/alerts/instance-list.tsx';
import { Severity } from '../../shell/alerts/severity.tsx';
import { StateIcon } from '../../shell/alerts/state-icon.tsx';
import { StateLine } from '../../shell/alerts/state-line.tsx';
import { durationOf } from '../../shell/clock.ts';
import { useInfo } from '../../shell/info-context.tsx';
import { nameLinkStyle } from '../../shell/link-style.ts';
import { usePurposes } from '../runbook-index.tsx';

export function AlertRow({ rule }: { readonly rule: AlertRule }): React.ReactElement {
  const page = runbookPageOf(rule, useInfo());
  const purpose = usePurposes().get(`alerts/${rule.name}.md`);
  return (
    <li className={useStyles2(getStyle)} data-alert={rule.name} data-state={rule.state}>
      <StateIcon state={rule.state} speaks />
      <span className="name">{page === undefined ? rule.name : <Link href={page}>{rule.name}</Link>}</span>
      <Severity severity={rule.severity} />
      <div className="words">
        {rule.state !== 'inactive' && <Seen rule={rule} />}
        {rule.failure !== undefined && <p className="failure">Cannot be evaluated: {rule.failure}</p>}
        {purpose !== undefined && <p>{purpose}</p>}
      </div>
      <span className="after">{firesIn(rule)}</span>
      <AlertLinks rule={rule} only="dashboard_url" />
    </li>
  );
}

const firesIn = ({ forSeconds }: AlertRule): string =>
  forSeconds === 0 ? 'fires at once' : `fires after ${durationOf(forSeconds)}`;

function Seen({ rule }: { readonly rule: AlertRule }): React.ReactElement {
  return (
    <>
      <span className="state">
        <StateLine rule={rule} />
      </span>
      <InstanceList rule={rule} />
    </>
  );
}

const getStyle = (theme: GrafanaTheme2): string => {
  const { colors, spacing, typography } = theme;
  return css({
    display: 'grid',
    gridTemplateColumns: '14px 200px 64px minmax(0, 1fr) auto auto',
    alignItems: 'baseline',
    gap: spacing(0, 1.5),
    padding: spacing(0.75, 2),
    '& > svg': { alignSelf: 'start', marginTop: 4 },
    '& + &': { borderTop: `1px solid ${colors.border.weak}` },
    '.name': { fontWeight: typography.fontWeightMedium, overflowWrap: 'anywhere' },
    '.name a': nameLinkStyle(theme),
    '[data-severity]': { justifySelf: 'start' },
    '.words': { ...typography.bodySmall, color: colors.text.secondary },
    '.words p': { margin: 0 },
    '.after': { ...typography.bodySmall, color: colors.text.secondary, whiteSpace: 'nowrap' },
    '&[data-state=inactive] [data-severity]': { color: colors.text.secondary, borderColor: colors.border.weak },
    '&[data-state=pending] .state': { color: colors.warning.text },
    '&[data-state=firing] .state, .failure': { color: colors.error.text },
    '&[data-state=pending] ul, &[data-state=firing] ul': { color: colors.text.primary },
    '@container (max-width: 860px)': {
      gridTemplateColumns: '14px minmax(0, 1fr) auto auto auto',
      '.words': { gridArea: '2 / 2 / 3 / 6' },
    },
    '@container (max-width: 460px)': {
      gridTemplateColumns: '14px minmax(0, 1fr) auto',
      '.words': { gridArea: '2 / 2 / 3 / 4' },
      '.after': { gridColumn: 2 },
      '[data-severity], & > span:last-child': { justifySelf: 'end' },
    },
  });
};
