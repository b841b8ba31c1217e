/** The PromQL of a panel as it is asked now, to be copied. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { Panel } from '@grafana/schema';
import { ClipboardButton, Modal, useStyles2 } from '@grafana/ui';
import type { QueryContext } from '../../query/context.ts';
import { interpolate } from '../../query/interpolate.ts';
import { stepSeconds } from '../../query/step.ts';
import { useDashboard } from '../state/dashboard-state.ts';

interface Props {
  readonly panel: Panel;
  /** CSS pixels: the step of a range query follows from it. */
  readonly width: number;
  readonly onClose: () => void;
}

export function PanelQueries({ panel, width, onClose }: Props): React.ReactElement {
  const { context } = useDashboard();
  const style = useStyles2(getStyle);
  return (
    <Modal title={`Queries of "${panel.title ?? ''}"`} isOpen onDismiss={onClose} onClickBackdrop={onClose}>
      {context !== undefined &&
        queriesOf(panel, context, width).map(({ refId, promql }) => (
          <section key={refId} className={style} aria-label={`Query ${refId}`}>
            <header>
              <h3>{refId}</h3>
              <ClipboardButton variant="secondary" size="sm" icon="copy" getText={() => promql}>
                Copy
              </ClipboardButton>
            </header>
            <pre>{promql}</pre>
          </section>
        ))}
    </Modal>
  );
}

interface Query {
  readonly refId: string;
  readonly promql: string;
}

function queriesOf({ targets = [] }: Panel, context: QueryContext, widthPixels: number): Query[] {
  const step = stepSeconds({
    rangeMillis: context.to - context.from,
    widthPixels,
    minStepSeconds: context.scrapeIntervalSeconds,
  });
  return targets.map(({ refId, expr }) => ({
    refId: String(refId),
    promql: interpolate(String(expr), context, { stepSeconds: step }),
  }));
}

const getStyle = ({ colors, spacing, typography, shape }: GrafanaTheme2): string =>
  css({
    marginBottom: spacing(2),
    header: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', marginBottom: spacing(0.5) },
    h3: { ...typography.h6, margin: 0, color: colors.primary.text },
    pre: {
      ...typography.code,
      margin: 0,
      padding: spacing(1),
      border: `1px solid ${colors.border.weak}`,
      borderRadius: shape.radius.default,
      background: colors.background.canvas,
      color: colors.text.primary,
      fontFamily: typography.fontFamilyMonospace,
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
    },
  });
