/** Which page is shown for which address; the addresses of dashboards are Grafana's, so links between them work unchanged. */
import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { ErrorBoundary, PageBoundary } from './shell/error-boundary.tsx';
import { InfoProvider } from './shell/info-context.tsx';
import { Loading } from './shell/loading.tsx';
import { NotFound } from './shell/not-found.tsx';
import { Shell } from './shell/shell.tsx';
import { ThemeProvider } from './shell/theme.tsx';

const StartPage = lazy(async () => ({ default: (await import('./start/start-page.tsx')).StartPage }));
const DashboardPage = lazy(async () => ({ default: (await import('./dashboard/dashboard-page.tsx')).DashboardPage }));
const RunbookPage = lazy(async () => ({ default: (await import('./runbooks/runbook-page.tsx')).RunbookPage }));

export function App(): React.ReactElement {
  return (
    <ThemeProvider>
      <ErrorBoundary>
        <InfoProvider>
          <Shell>
            <PageBoundary>
              <Suspense fallback={<Loading />}>
                <Pages />
              </Suspense>
            </PageBoundary>
          </Shell>
        </InfoProvider>
      </ErrorBoundary>
    </ThemeProvider>
  );
}

function Pages(): React.ReactElement {
  return (
    <Switch>
      <Route path="/" component={StartPage} />
      <Route path="/d/:uid/:slug?">{({ uid }) => <DashboardPage key={uid} uid={uid} />}</Route>
      <Route path="/runbooks/*?">{(params) => <RunbookPage path={params['*'] ?? ''} />}</Route>
      <Route component={NotFound} />
    </Switch>
  );
}
