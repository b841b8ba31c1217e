/** The panels of a dashboard in their rows. */
import type { Panel, RowPanel } from '@grafana/schema';
import { useRef, useState } from 'react';
import { useDashboard } from '../state/dashboard-state.ts';
import { useElementSize } from '../state/element-size.ts';
import { GridSection } from './grid-section.tsx';
import { sectionsOf } from './sections.ts';

export function DashboardGrid(): React.ReactElement {
  const { dashboard, collapsedRows, toggleRow } = useDashboard();
  const [sections] = useState(() => sectionsOf<Panel, RowPanel>(dashboard));
  const element = useRef<HTMLDivElement>(null);
  const size = useElementSize(element);
  return (
    <div ref={element}>
      {size !== undefined &&
        sections.map((section, index) => {
          const id = section.row?.id;
          return (
            <GridSection
              key={id ?? `section ${index}`}
              section={section}
              width={size.width}
              isOpen={id === undefined || !collapsedRows.has(id)}
              onToggle={() => toggleRow(id ?? 0)}
            />
          );
        })}
    </div>
  );
}
