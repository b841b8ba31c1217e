/** A row: its title, which opens and closes it, and its panels. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { Panel, RowPanel } from '@grafana/schema';
import { Icon, useStyles2 } from '@grafana/ui';
import { useId, useMemo } from 'react';
import { interpolateTitle } from '../../query/interpolate.ts';
import { useDashboard } from '../state/dashboard-state.ts';
import { GridPanel } from './grid-panel.tsx';
import { layOut } from './layout.ts';
import type { Section } from './sections.ts';

interface Props {
  readonly section: Section<Panel, RowPanel>;
  /** CSS pixels. */
  readonly width: number;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

export function GridSection({ section, width, isOpen, onToggle }: Props): React.ReactElement {
  const { row, panels } = section;
  const contentId = useId();
  const { boxes, height } = useMemo(() => layOut(panels, width), [panels, width]);
  return (
    <section
      className={useStyles2(getStyle)}
      data-row={row?.title}
      data-row-open={row === undefined ? undefined : isOpen}
    >
      {row !== undefined && (
        <RowTitle
          title={row.title ?? ''}
          count={panels.length}
          isOpen={isOpen}
          contentId={contentId}
          onToggle={onToggle}
        />
      )}
      {isOpen && (
        <div id={contentId} className="panels" style={{ height }}>
          {boxes.map(({ panel, box }) => (
            <GridPanel key={panel.id} panel={panel} box={box} />
          ))}
        </div>
      )}
    </section>
  );
}

interface RowTitleProps extends Pick<Props, 'isOpen' | 'onToggle'> {
  readonly title: string;
  readonly count: number;
  readonly contentId: string;
}

function RowTitle({ title, count, isOpen, contentId, onToggle }: RowTitleProps): React.ReactElement {
  const { context } = useDashboard();
  return (
    <h2>
      <button type="button" aria-expanded={isOpen} aria-controls={isOpen ? contentId : undefined} onClick={onToggle}>
        <Icon name={isOpen ? 'angle-down' : 'angle-right'} />
        <span className="title">{context === undefined ? title : interpolateTitle(title, context)}</span>
        {!isOpen && <span className="count">{count === 1 ? '(1 panel)' : `(${count} panels)`}</span>}
      </button>
    </h2>
  );
}

const getStyle = ({ colors, spacing, typography, shape }: GrafanaTheme2): string =>
  css({
    marginBottom: spacing(1),
    '> h2': { margin: 0, lineHeight: 1 },
    '> h2 + .panels': { marginTop: spacing(1) },
    '> h2 > button': {
      ...typography.h5,
      display: 'flex',
      alignItems: 'center',
      gap: spacing(1),
      maxWidth: '100%',
      minHeight: 30,
      padding: spacing(0, 1, 0, 0.5),
      border: 0,
      borderRadius: shape.radius.default,
      background: 'none',
      textAlign: 'left',
      '&:hover': { background: colors.action.hover },
      '&:focus-visible': { outline: `2px solid ${colors.primary.main}`, outlineOffset: -2 },
    },
    '> h2 .count': { ...typography.bodySmall, color: colors.text.secondary, fontStyle: 'italic', whiteSpace: 'nowrap' },
    '> .panels': { position: 'relative' },
  });
