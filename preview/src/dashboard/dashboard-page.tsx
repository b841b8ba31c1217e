/** A dashboard, from its emitted JSON. */
import '../grafana/setup.ts';
import type { Dashboard } from '@grafana/schema';
import { useEffect, useState } from 'react';
import { fetchDashboard } from '../api/preview-api.ts';
import { fontsLoaded } from '../grafana/fonts.ts';
import { Failure } from '../shell/failure.tsx';
import { Loading } from '../shell/loading.tsx';
import { DashboardView } from './dashboard-view.tsx';

export function DashboardPage({ uid }: { readonly uid: string }): React.ReactElement {
  const [dashboard, setDashboard] = useState<Dashboard | Error>();
  useEffect(() => {
    openDashboard(uid).then(setDashboard, setDashboard);
  }, [uid]);
  if (dashboard === undefined) return <Loading />;
  if (dashboard instanceof Error) {
    return (
      <main style={{ padding: 16 }}>
        <Failure title={`The dashboard "${uid}" cannot be shown`} error={dashboard} />
      </main>
    );
  }
  return <DashboardView dashboard={dashboard} />;
}

async function openDashboard(uid: string): Promise<Dashboard> {
  const [dashboard] = await Promise.all([fetchDashboard(uid), fontsLoaded]);
  return dashboard;
}
