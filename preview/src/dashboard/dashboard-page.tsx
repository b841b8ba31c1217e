/** One dashboard. */
import type { Dashboard } from '@grafana/schema';
import { useEffect, useState } from 'react';
import { fetchDashboard } from '../api/preview-api.ts';
import { Loading } from '../shell/loading.tsx';

export function DashboardPage({ uid }: { readonly uid: string }): React.ReactElement {
  const [dashboard, setDashboard] = useState<Dashboard>();
  useEffect(() => {
    void fetchDashboard(uid).then(setDashboard);
  }, [uid]);
  return dashboard === undefined ? <Loading /> : <h1>{dashboard.title}</h1>;
}
