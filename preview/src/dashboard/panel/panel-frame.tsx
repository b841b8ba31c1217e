/** A panel: Grafana's frame with title, description, links, menu and state, and the drawing inside. */
import { LoadingState } from '@grafana/data';
import type { Panel } from '@grafana/schema';
import { PanelChrome } from '@grafana/ui';
import { useState } from 'react';
import { panelTypeOf } from '../../panels/all-panels.ts';
import { isEmpty } from '../../panels/no-data.ts';
import { interpolateTitle } from '../../query/interpolate.ts';
import { useDashboard } from '../state/dashboard-state.ts';
import { usePanelData, type PanelAnswer } from '../state/panel-data.ts';
import { PanelContent } from './panel-content.tsx';
import { PanelLinks } from './panel-links.tsx';
import { panelMenu } from './panel-menu.tsx';
import { PanelQueries } from './panel-queries.tsx';

interface Props {
  readonly panel: Panel;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly isNear: boolean;
  /** What tells how far away from the screen the panel is. */
  readonly element: React.RefObject<Element | null>;
}

export function PanelFrame({ panel, width, height, isNear, element }: Props): React.ReactElement {
  const { context, address } = useDashboard();
  const answer = usePanelData({ panel, isNear, width, element });
  const [showsQueries, setShowsQueries] = useState(false);
  const readable = (text = ''): string => (context === undefined ? text : interpolateTitle(text, context));
  const title = readable(panel.title);
  return (
    <div
      data-panel-id={panel.id}
      data-panel-title={title}
      data-panel-type={panel.type}
      data-panel-state={stateOf(panel, answer)}
    >
      <PanelChrome
        title={title}
        description={panel.description === undefined ? undefined : () => readable(panel.description)}
        titleItems={<PanelLinks panel={panel} />}
        menu={panelMenu({ panel, isAlone: address.viewPanel === panel.id, showQueries: () => setShowsQueries(true) })}
        displayMode={panel.transparent === true ? 'transparent' : 'default'}
        padding={panelTypeOf(panel.type).padding}
        loadingState={answer.isLoading ? LoadingState.Loading : LoadingState.Done}
        statusItems={statusItemsOf(answer)}
        width={width}
        height={height}
      >
        {(innerWidth, innerHeight) => (
          <PanelContent panel={panel} answer={answer} width={innerWidth} height={innerHeight} />
        )}
      </PanelChrome>
      {showsQueries && <PanelQueries panel={panel} width={width} onClose={() => setShowsQueries(false)} />}
    </div>
  );
}

function stateOf({ targets = [] }: Panel, { drawing, error }: PanelAnswer): 'loading' | 'data' | 'empty' | 'error' {
  if (error !== undefined) return 'error';
  if (drawing === undefined) return 'loading';
  return targets.length > 0 && isEmpty(drawing.data.frames) ? 'empty' : 'data';
}

type StatusItems = NonNullable<React.ComponentProps<typeof PanelChrome>['statusItems']>;

function statusItemsOf({ drawing, error }: PanelAnswer): StatusItems {
  const notices = (drawing?.data.notices ?? []).map((text) => ({ severity: severityOf(text), text }));
  return error === undefined ? notices : [{ severity: 'error', text: error.message }, ...notices];
}

/** Prometheus itself tells remarks from warnings by their first words. */
const severityOf = (notice: string): 'info' | 'warning' => (notice.startsWith('PromQL info') ? 'info' : 'warning');
