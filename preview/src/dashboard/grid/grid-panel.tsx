/** A panel at its place in the grid; asked for and drawn once it comes near the screen. */
import type { Panel } from '@grafana/schema';
import { memo, useRef } from 'react';
import { PanelFrame } from '../panel/panel-frame.tsx';
import { useNearScreen } from '../state/near-screen.ts';
import type { Box } from './layout.ts';

interface Props {
  readonly panel: Panel;
  readonly box: Box;
}

export const GridPanel = memo(({ panel, box }: Props): React.ReactElement => {
  const element = useRef<HTMLDivElement>(null);
  const isNear = useNearScreen(element);
  return (
    <div ref={element} style={{ position: 'absolute', ...box }}>
      <PanelFrame panel={panel} width={box.width} height={box.height} isNear={isNear} element={element} />
    </div>
  );
});
GridPanel.displayName = 'GridPanel';
