/** In place of a kind of panel that this page does not draw. */
import { PanelMessage } from './panel-message.tsx';
import type { PanelViewProps } from './panel-type.ts';

export function UnknownPanel({ panel }: PanelViewProps): React.ReactElement {
  return (
    <PanelMessage>
      The preview does not draw panels of type &quot;{panel.type}&quot;. Grafana does: open the dashboard there.
    </PanelMessage>
  );
}
