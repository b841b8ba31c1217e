/** A page that cannot be drawn says so, and leaves the bar above it: never a white page. */
import { Alert, Button } from '@grafana/ui';
import { Component } from 'react';
import { useLocation } from 'wouter';

/** Starts anew with each address. */
export function PageBoundary({ children }: React.PropsWithChildren): React.ReactElement {
  const [location] = useLocation();
  return <ErrorBoundary key={location}>{children}</ErrorBoundary>;
}

interface Caught {
  readonly error?: Error;
}

export class ErrorBoundary extends Component<React.PropsWithChildren, Caught> {
  override state: Caught = {};

  static getDerivedStateFromError(error: unknown): Caught {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): React.ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <main style={{ padding: 24 }}>
        <Alert title="This page could not be drawn" severity="error">
          <p>{error.message}</p>
          <Button variant="secondary" onClick={() => location.reload()}>
            Reload the page
          </Button>
        </Alert>
      </main>
    );
  }
}
