/** Shown while something is fetched. */
import { Spinner } from '@grafana/ui';

export function Loading(): React.ReactElement {
  return (
    <div role="status" aria-label="Loading" style={{ display: 'grid', placeItems: 'center', minHeight: 200 }}>
      <Spinner size="xl" />
    </div>
  );
}
