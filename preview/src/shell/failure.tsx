/** What could not be done, in a box. */
import { Alert } from '@grafana/ui';

export function Failure({ title, error }: { readonly title: string; readonly error: Error }): React.ReactElement {
  return (
    <Alert title={title} severity="error">
      {error.message}
    </Alert>
  );
}
