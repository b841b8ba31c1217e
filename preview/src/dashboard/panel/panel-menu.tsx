/** What can be done with a panel. */
import type { Panel } from '@grafana/schema';
import { Menu } from '@grafana/ui';
import { changeAddress } from '../state/address.ts';

interface Input {
  readonly panel: Panel;
  readonly isAlone: boolean;
  readonly showQueries: () => void;
}

export function panelMenu({ panel, isAlone, showQueries }: Input): () => React.ReactElement {
  const view = (): void => changeAddress({ viewPanel: isAlone ? undefined : String(panel.id) });
  return () => (
    <Menu>
      <Menu.Item label={isAlone ? 'Back to dashboard' : 'View'} icon="eye" onClick={view} />
      {(panel.targets ?? []).length > 0 && <Menu.Item label="Queries" icon="code-branch" onClick={showQueries} />}
    </Menu>
  );
}
